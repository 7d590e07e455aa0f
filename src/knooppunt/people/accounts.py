# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs on accounts: made for a demo or by a command, exported, erased, let go when nobody uses them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.audit import audit
from knooppunt.catalogue.models import Card, Dismissal
from knooppunt.jobs import letters
from knooppunt.people import personal
from knooppunt.people.demo import PERSONAS
from knooppunt.people.models import Membership, Organisation, Profile, User
from knooppunt.people.roles import HubRole

UNUSED = timedelta(days=730)
NOTICE = timedelta(days=30)


@transaction.atomic
def demo_account(name: str, language: str) -> User:
    """The demo's account of a persona: made when first asked for, without a usable password."""
    persona = PERSONAS[name]
    user, created = User.objects.get_or_create(
        username=f"demo-{name}",
        defaults={"role": persona.hub_role, "language": language, "email": f"demo-{name}@knooppunt.invalid"},
    )
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        audit("create demo account", "account", str(user.pk), actor=user)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    elif user.language != language:  # a demo speaks the language of the page it was entered from
        user.language = language
        user.save(update_fields=["language"])
    for slug, role in persona.roles:
        organisation = Organisation.objects.filter(slug=slug).first()
        if organisation:
            Membership.objects.get_or_create(user=user, organisation=organisation, role=role)
    return user


@transaction.atomic
def create_administrator(username: str, email: str, password: str) -> User:
    """A local administrator; raises ValueError when the name is taken."""
    if User.objects.filter(username=username).exists():
        raise ValueError(f"there is already an account named {username}: choose another name")
    user = User.objects.create_user(username, email, password, role=HubRole.ADMINISTRATOR)
    # Whoever may run commands answers for the address: the first administrator must get in without mail.
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    audit("create administrator", "account", str(user.pk), actor=user)
    return user


def export(user: User) -> dict[str, Any]:
    """All that the hub keeps of a person, as plain data; the request is in the audit trail."""
    with transaction.atomic():
        audit("export own data", "account", str(user.pk), actor=user)
        return personal.export(user)


@transaction.atomic
def erase(user: User, *, actor: User | None) -> None:
    """Remove an account and all that is personal. What it published stands, without a name.

    The card goes first, so that search and feeds follow; sessions end with the account.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if Card.objects.filter(kind="person", key=user.public_id).exists():
        catalogue.withdraw(user, actor=None, nameless=True)
    personal.release(user)
    audit("erase account", "account", str(user.pk), actor=actor if actor and actor.pk != user.pk else None)
    user.delete()


def forget_sessions() -> None:
    """Remove sessions that have ended."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


def forget_unused() -> int:
    """Warn accounts that were not used for two years; erase them a month after the warning.

    Signing in takes the warning back.
    """
    now, erased = timezone.now(), 0
    unused = User.objects.filter(date_joined__lt=now - UNUSED).exclude(last_login__gte=now - UNUSED)
    for user in unused.filter(warned=None).iterator():
        letters.write(user.email, "people/mail/unused", {"days": NOTICE.days}, user.language)
        User.objects.filter(pk=user.pk).update(warned=now)
    for user in unused.filter(warned__lt=now - NOTICE).iterator():
        erase(user, actor=None)
        erased += 1
    return erased


def take_warning_back(user: User) -> None:
    if user.warned:
        User.objects.filter(pk=user.pk).update(warned=None)


def own_data(user: User) -> dict[str, Any]:
    """This app's part of what a person may download."""
    profile = Profile.objects.filter(user=user).first()
    return {
        "account": {
            "name": user.username,
            "email": user.email,
            "language": user.language,
            "made": user.date_joined.isoformat(),
            "lastSignIn": user.last_login.isoformat() if user.last_login else None,
            "hubRole": user.role,
        },
        "profile": {f: getattr(profile, f) for f in ("name", "position", "about", "language")}
        if profile
        else None,
        "expertise": _rows(user.expertise.values("direction", "subject")),
        "consents": _rows(user.consents.values("field", "given")),
        "roles": _rows(user.memberships.values("organisation__slug", "role", "since")),
        "requests": _rows(
            user.claims.values("organisation__slug", "role", "motivation", "created", "decision", "reason")
        ),
        "setAside": _rows(
            Dismissal.objects.filter(user=user).values(
                "source_kind", "source_key", "target_kind", "target_key", "reason", "at"
            )
        ),
        "follows": _rows(user.follows.values("kind", "key", "search", "channel", "webhook_url", "since")),
    }


def _rows(values: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
        for row in values
    ]
