# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Django settings: one file; what differs between places comes from `environment.VARIABLES`."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from knooppunt.conf.environment import Environment, kept_secret_key
from knooppunt.conf.logging import logging_at

env = Environment()
PACKAGE = Path(__file__).resolve().parent.parent
DATA = env.read("KNOOPPUNT_DATA")
DEMO = env.read("KNOOPPUNT_DEMO")
PUBLIC_URL = env.read("KNOOPPUNT_URL").rstrip("/")
SECURE = urlsplit(PUBLIC_URL).scheme == "https"
if DEMO and SECURE:
    raise ImproperlyConfigured(
        "KNOOPPUNT_DEMO lets anyone on this machine sign in as administrator, and KNOOPPUNT_URL is an https "
        "address for others. Unset one of the two."
    )

SECRET_KEY = env.read("KNOOPPUNT_SECRET_KEY") or kept_secret_key(DATA, make=DEMO)
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "KNOOPPUNT_SECRET_KEY is not set. Give a random text of at least 50 characters, "
        "or set KNOOPPUNT_DEMO=true to try the hub on your own machine."
    )

DEBUG = False
LOGGING = logging_at(env.read("KNOOPPUNT_LOG_LEVEL"))
ALLOWED_HOSTS = env.read("KNOOPPUNT_HOSTS")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

# A new kind of thing is one new folder and one line here.
KINDS = [
    "knooppunt.agenda",
    "knooppunt.challenges",
    "knooppunt.practices",
    "knooppunt.datacheck",
    "knooppunt.toolkit",
    "knooppunt.helpdesk",
    "knooppunt.initiatives",
    "knooppunt.circles",
    "knooppunt.facilities",
    "knooppunt.editorial",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "knooppunt.web",
    "knooppunt.people",  # before allauth: its pages stand in our frame
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "knooppunt.jobs",
    "knooppunt.catalogue",
    "knooppunt.api",
    "knooppunt.flow",
    *KINDS,
    # For the hub's editors. `wagtail.search` is the modelsearch app itself: never list both.
    "wagtail.sites",
    "wagtail.users",
    "wagtail.images",
    "wagtail.documents",  # Wagtail asks for its address; nobody may keep documents there
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "knooppunt.web.middleware.RequestLog",
    "knooppunt.web.middleware.OwnPages",
    "knooppunt.api.middleware.Answers",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "knooppunt.web.once.Once",
    "django.contrib.messages.middleware.MessageMiddleware",
    "knooppunt.editorial.access.EditorsPart",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "knooppunt.catalogue.middleware.Gone",
    "knooppunt.web.middleware.Unavailable",
]
ROOT_URLCONF = "knooppunt.conf.urls"
WSGI_APPLICATION = "knooppunt.conf.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "knooppunt.web.context.site",
            ],
            "builtins": [
                "knooppunt.web.templatetags.knooppunt",
                "knooppunt.people.templatetags.people",
            ],
        },
    }
]

_database = env.read("DATABASE_URL")
if _database:
    DATABASES = {"default": environ.Env.db_url_config(_database)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "knooppunt.sqlite3",
            # WAL lets pages read while the worker writes; IMMEDIATE makes two writers queue
            # instead of failing half-way with "database is locked".
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000;",
            },
        }
    }
# Making a connection costs more than most requests.
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "catalogue:home"
LOGOUT_REDIRECT_URL = "catalogue:home"

ACCOUNT_ADAPTER = "knooppunt.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# The same answer whether an address is known or not: only who reads its mail learns it.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ALLAUTH_TRUSTED_PROXY_COUNT = env.read("KNOOPPUNT_PROXIES")
MFA_ADAPTER = "knooppunt.people.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Knooppunt"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": env.identity_provider()}}
# Counts of failed sign-ins are shared by all server processes.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
    "limits": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "limits"},
}
API_LIMIT = env.read("KNOOPPUNT_API_LIMIT")
API_LIMIT_TOKEN = env.read("KNOOPPUNT_API_LIMIT_TOKEN")

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "knooppunt.conf.formats"
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False
MEDIA_ROOT = DATA / "media"
MEDIA_URL = "/media/"

WAGTAIL_SITE_NAME = "Knooppunt"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# Nothing of the editors' part asks anything of another server, and accounts are kept by `people` alone.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8_000_000
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 24_000_000
TAGGIT_CASE_INSENSITIVE = True

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
LEASE_SECONDS = env.read("KNOOPPUNT_LEASE_SECONDS")
INDEX_FOLDER = DATA / "index"

_mail = env.read("KNOOPPUNT_MAIL_URL")
DEFAULT_FROM_EMAIL = env.read("KNOOPPUNT_MAIL_FROM")
MAILBOX = DATA / "mail"
if _mail:
    vars().update(environ.Env.email_url_config(_mail))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAILBOX
IMAP = env.mailbox()
SECURITY_CONTACT = env.read("KNOOPPUNT_SECURITY_CONTACT")

# Small on purpose: forms carry text, not files. A larger request is refused before it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # A form that leads to the identity provider by way of us counts as one that is sent there.
        "form-action": [SELF, *env.provider_origins()],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "knooppunt.web.errors.csrf_failure"
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preload is the domain owner's choice, not ours
