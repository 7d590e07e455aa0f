# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real OpenID Connect provider on this machine: another Django, in a process and folder of its own.

`python -m tests.provider PORT FOLDER CALLBACK` serves it until it is stopped: one account, one client.
"""

from __future__ import annotations

import sys
from pathlib import Path
from wsgiref.simple_server import make_server

CLIENT, SECRET = "knooppunt", "een-geheim-voor-de-test"
NAME, PASSWORD, MAIL = "ambtenaar", "een-lang-wachtwoord", "ambtenaar@overheid.example"


def configure(port: int, folder: Path) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from django.conf import settings

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    settings.configure(
        SECRET_KEY="x" * 50,
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.provider",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}},
        INSTALLED_APPS=[
            *("django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"),
            *("django.contrib.messages", "allauth", "allauth.account", "allauth.idp.oidc"),
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        SESSION_COOKIE_NAME="provider_session",
        CSRF_COOKIE_NAME="provider_csrf",
        ACCOUNT_EMAIL_VERIFICATION="none",
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        IDP_OIDC_PRIVATE_KEY=pem,
        USE_TZ=True,
    )


def urls() -> list:
    from django.urls import include, path

    return [path("accounts/", include("allauth.account.urls")), path("", include("allauth.idp.urls"))]


def fill(callback: str) -> None:
    """One account with a confirmed address, and the hub as a client."""
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    user = get_user_model().objects.create_user(NAME, MAIL, PASSWORD)
    EmailAddress.objects.create(user=user, email=MAIL, verified=True, primary=True)
    client = Client(id=CLIENT, name="Knooppunt", type=Client.Type.CONFIDENTIAL, skip_consent=False)
    client.set_secret(SECRET)
    client.set_scopes(["openid", "email", "profile"])
    client.set_redirect_uris([callback])
    client.save()


def main(port: str, folder: str, callback: str) -> None:
    import django

    configure(int(port), Path(folder))
    django.setup()
    globals()["urlpatterns"] = urls()
    sys.modules.setdefault("tests.provider", sys.modules[__name__])
    fill(callback)
    from django.core.wsgi import get_wsgi_application

    make_server("127.0.0.1", int(port), get_wsgi_application()).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
