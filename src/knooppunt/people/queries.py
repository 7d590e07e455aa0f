# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading organisations and roles: each answer in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.people.models import Consent, Membership, Organisation, User
from knooppunt.people.roles import EDITORS, HubRole, Role


def is_somebody(user: Any) -> bool:
    """Signed in, and the account is in use."""
    return bool(user is not None and user.is_authenticated and user.is_active)


def is_hub(user: Any, *roles: HubRole) -> bool:
    """True when the person works for the hub itself in one of these roles."""
    return is_somebody(user) and user.role in roles


def roles_of(user: Any) -> dict[str, set[str]]:
    """Roles per organisation, in the order in which the person joined them."""
    found: dict[str, set[str]] = {}
    if is_somebody(user):
        rows = user.memberships.order_by("since", "pk").values_list("organisation__slug", "role")
        for slug, role in rows:
            found.setdefault(slug, set()).add(role)
    return found


def has_role(user: Any, organisation: str, *roles: Role) -> bool:
    """True when the person has one of these roles at the organisation with this slug."""
    return (
        is_somebody(user)
        and user.memberships.filter(organisation__slug=organisation, role__in=roles).exists()
    )


def edits_for(user: Any) -> list[str]:
    """Slugs of the organisations this person edits for, the earliest first."""
    return [slug for slug, roles in roles_of(user).items() if roles & set(EDITORS)]


def people_with(organisation: str, *roles: Role) -> QuerySet[User]:
    """Accounts in use with one of these roles at the organisation."""
    return User.objects.filter(
        is_active=True, memberships__organisation__slug=organisation, memberships__role__in=roles
    ).distinct()


def staff(*roles: HubRole) -> list[User]:
    """Accounts in use that work for the hub itself in one of these roles."""
    return list(User.objects.filter(is_active=True, role__in=roles).order_by("pk"))


def organisations(slugs: Iterable[str] | None = None) -> QuerySet[Organisation]:
    """All organisations, or those with these slugs, with the province they lie in."""
    found = Organisation.objects.select_related("parent").order_by("name_nl")
    return found if slugs is None else found.filter(slug__in=list(slugs))


def organisation(slug: str) -> Organisation | None:
    return organisations([slug]).first()


def account_name(user: Any) -> str:
    """How colleagues on a text know each other: the name of the profile, else of the account."""
    if user is None:
        return _("someone who left")
    profile = getattr(user, "profile", None)
    return (profile.name if profile else "") or user.get_username()


def ended(organisation: Organisation) -> bool:
    """True when others stand in its place by now."""
    return organisation.successions.filter(date__lte=timezone.localdate()).exists()


def current(slug_or_code: str) -> list[Organisation]:
    """What stands today for an organisation's slug or official code, over every merger and split since.

    An organisation without successor gives itself; an unknown one gives nothing.
    """
    today = timezone.localdate()
    open_, done = (
        list(Organisation.objects.filter(Q(slug=slug_or_code) | Q(code=slug_or_code.lower()) & ~Q(code=""))),
        {},
    )
    seen: set[int] = set()
    while open_:
        one = open_.pop()
        if one.pk in seen:
            continue
        seen.add(one.pk)
        later = list(
            Organisation.objects.filter(predecessions__predecessor=one, predecessions__date__lte=today)
        )
        open_ += later
        if not later:
            done[one.pk] = one
    return sorted(done.values(), key=lambda one: one.slug)


def shown(user: User) -> set[str]:
    """The fields of the profile that everyone may see."""
    return set(user.consents.values_list("field", flat=True))


def visible_members(organisation: Organisation) -> list[User]:
    """Members who let everyone see that they work here."""
    return list(
        User.objects.filter(
            is_active=True, memberships__organisation=organisation, consents__field=Consent.Field.NAME
        )
        .exclude(profile__name="")
        .select_related("profile")
        .prefetch_related("consents", "expertise")
        .distinct()
        .order_by("profile__name")
    )


def is_claimed(organisation: Organisation) -> bool:
    """True when someone answers for this organisation in the hub."""
    return Membership.objects.filter(
        organisation=organisation, role__in=EDITORS, user__is_active=True
    ).exists()
