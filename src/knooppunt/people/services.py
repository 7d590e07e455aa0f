# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Verbs on accounts."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from knooppunt.catalogue.audit import audit
from knooppunt.people.models import Role, User


@transaction.atomic
def demo_account(role: str, language: str) -> User:
    """The demo's account of a role: made when first asked for, without a usable password.

    It belongs to the ministry that co-ordinates the agenda, so that an editor has something to edit.
    """
    user, created = User.objects.get_or_create(
        username=f"demo-{Role(role).value}",
        defaults={
            "role": role,
            "language": language,
            "organisation": "bzk",
            "email": f"demo-{role}@knooppunt.invalid",
        },
    )
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        audit("create demo account", "account", str(user.pk), actor=user)
    elif user.language != language:  # a demo speaks the language of the page it was entered from
        user.language = language
        user.save(update_fields=["language"])
    return user


def forget_sessions() -> None:
    """Remove sessions that have ended."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


@transaction.atomic
def create_administrator(username: str, email: str, password: str) -> User:
    """A local administrator; raises ValueError when the name is taken."""
    if User.objects.filter(username=username).exists():
        raise ValueError(f"there is already an account named {username}: choose another name")
    user = User.objects.create_user(username, email, password, role=Role.ADMINISTRATOR)
    audit("create administrator", "account", str(user.pk), actor=user)
    return user
