# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Settings read from the environment: one table, so that the documentation cannot drift.

Every setting an operator may give is a row of `VARIABLES`; `docs/reference/settings.md` is tested
against it. A value that cannot be read stops the process with the name, what is wrong and a cure.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Variable:
    """One environment variable: its name, how to read it, its default and what it is for."""

    name: str
    kind: str
    default: Any
    purpose: str


VARIABLES = (
    Variable("KNOOPPUNT_DATA", "path", "var", "Folder for database, index, uploads and outgoing mail."),
    Variable("DATABASE_URL", "text", "", "PostgreSQL address; empty means SQLite in the data folder."),
    Variable("KNOOPPUNT_SECRET_KEY", "text", "", "Signs sessions; required outside demo mode."),
    Variable("KNOOPPUNT_DEMO", "bool", False, "Demo: sign-in per role from loopback only, mail to a page."),
    Variable("KNOOPPUNT_HOSTS", "list", ["127.0.0.1", "localhost", "[::1]"], "Host names served."),
    Variable("KNOOPPUNT_URL", "text", "http://127.0.0.1:8000", "Public address, used in mail and feeds."),
    Variable("KNOOPPUNT_MAIL_URL", "text", "", "SMTP address; empty keeps mail in the mailbox page."),
    Variable("KNOOPPUNT_MAIL_FROM", "text", "knooppunt@localhost", "Sender of all mail."),
    Variable("KNOOPPUNT_IMAP_HOST", "text", "", "Mailbox of the help desk, read over TLS; empty means none."),
    Variable("KNOOPPUNT_IMAP_PORT", "int", 993, "Port of that server."),
    Variable("KNOOPPUNT_IMAP_USER", "text", "", "Account name at that server."),
    Variable("KNOOPPUNT_IMAP_PASSWORD_FILE", "text", "", "File that holds the password, and nothing else."),
    Variable("KNOOPPUNT_IMAP_FOLDER", "text", "INBOX", "Folder that is read."),
    Variable("KNOOPPUNT_IMAP_CA", "text", "", "Certificate file to trust instead of the system's."),
    Variable("KNOOPPUNT_SECURITY_CONTACT", "text", "", "Contact in security.txt, mailto: or https:."),
    Variable("KNOOPPUNT_PROXIES", "int", 0, "Number of own proxies before the hub, to know who asks."),
    Variable("KNOOPPUNT_OIDC_URL", "text", "", "Issuer of an OpenID Connect provider; empty means none."),
    Variable("KNOOPPUNT_OIDC_CLIENT", "text", "", "Client name of this hub at that provider."),
    Variable("KNOOPPUNT_OIDC_SECRET", "text", "", "Secret of this hub at that provider."),
    Variable("KNOOPPUNT_OIDC_NAME", "text", "OpenID Connect", "What the sign-in button calls the provider."),
    Variable("KNOOPPUNT_API_LIMIT", "int", 120, "API requests a minute per address; 0 for no limit."),
    Variable("KNOOPPUNT_API_LIMIT_TOKEN", "int", 1200, "API requests a minute per token; 0 for no limit."),
    Variable("KNOOPPUNT_LOG_LEVEL", "text", "INFO", "Least level logged; `knooppunt up` uses WARNING."),
    Variable("KNOOPPUNT_LEASE_SECONDS", "int", 60, "A background task not renewed for this long runs again."),
)


class Environment:
    """Reads the rows of `VARIABLES`; anything else is a programming error."""

    def __init__(self, variables: tuple[Variable, ...] = VARIABLES) -> None:
        self._env = environ.Env()
        self._variables = {v.name: v for v in variables}

    def read(self, name: str) -> Any:
        variable = self._variables[name]
        readers = {"text": self._env.str, "path": self._path, "bool": self._env.bool}
        readers |= {"list": self._env.list, "int": self._env.int}
        try:
            return readers[variable.kind](name, default=variable.default)
        except (ValueError, ImproperlyConfigured) as error:
            raise ImproperlyConfigured(
                f"{name} cannot be read as {variable.kind}: {error}. {variable.purpose} "
                f"Unset it to use {variable.default!r}."
            ) from error

    def identity_provider(self) -> list[dict[str, Any]]:
        """The OpenID Connect provider that people may sign in with, in allauth's words; [] for none."""
        given = {part: self.read(f"KNOOPPUNT_OIDC_{part}") for part in ("URL", "CLIENT", "SECRET", "NAME")}
        if not given["URL"]:
            return []
        if not (given["CLIENT"] and given["SECRET"]):
            raise ImproperlyConfigured(
                "KNOOPPUNT_OIDC_URL needs KNOOPPUNT_OIDC_CLIENT and KNOOPPUNT_OIDC_SECRET. "
                "Give both, or unset KNOOPPUNT_OIDC_URL."
            )
        return [
            {
                "provider_id": "oidc",
                "name": given["NAME"],
                "client_id": given["CLIENT"],
                "secret": given["SECRET"],
                "settings": {"server_url": given["URL"]},
            }
        ]

    def mailbox(self) -> dict[str, Any]:
        """The mailbox that the help desk reads, by part; `host` is "" for none."""
        parts = ("HOST", "PORT", "USER", "PASSWORD_FILE", "FOLDER", "CA")
        given = {part.lower(): self.read(f"KNOOPPUNT_IMAP_{part}") for part in parts}
        if given["host"] and not (given["user"] and given["password_file"]):
            raise ImproperlyConfigured(
                "KNOOPPUNT_IMAP_HOST needs KNOOPPUNT_IMAP_USER and KNOOPPUNT_IMAP_PASSWORD_FILE. "
                "Give both, or unset KNOOPPUNT_IMAP_HOST."
            )
        return given

    def provider_origins(self) -> list[str]:
        """Where the sign-in button may lead: the origin of the provider, if there is one."""
        parts = urlsplit(self.read("KNOOPPUNT_OIDC_URL"))
        return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []

    def _path(self, name: str, default: str) -> Path:
        return Path(self._env.str(name, default=default)).expanduser().resolve()


def kept_secret_key(folder: Path, *, make: bool) -> str:
    """The random key kept in the data folder with mode 0600, made for a demo; "" when there is none.

    So commands on a demo's folder (`knooppunt search`, say) need nothing in the environment.
    """
    file = folder / "secret_key"
    if not file.exists():
        if not make:
            return ""
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return file.read_text(encoding="utf-8")
