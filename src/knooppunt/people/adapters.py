# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the account pages of allauth meet the hub: names, mail, and secrets of the second step."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from knooppunt.jobs import letters
from knooppunt.people.models import User, public_id


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are named by chance, never after a person; mail goes out through the worker."""

    def populate_username(self, request: HttpRequest, user: User) -> None:
        user.username = f"account-{public_id()}"
        user.language = (get_language() or "nl")[:2]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        message = self.render_mail(template_prefix, email, context)
        letters.post(email, message.subject, message.body)

    def format_email_subject(self, subject: str) -> str:
        return f"Knooppunt: {subject}"

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return settings.PUBLIC_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _, token = key.partition("-")
        return settings.PUBLIC_URL + reverse("account_reset_password_from_key", args=[uid, token])


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of the second step stand encrypted in the database, with a key drawn from the secret key."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> Fernet:
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=b"knooppunt second step").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))
