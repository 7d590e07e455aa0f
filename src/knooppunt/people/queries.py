# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading organisations and roles: each answer in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from knooppunt.people import mergers
from knooppunt.people.models import Consent, Membership, Organisation, User
from knooppunt.people.roles import EDITORS, HubRole, Role
from knooppunt.web.once import once


def is_somebody(user: Any) -> bool:
    """Signed in, and the account is in use."""
    return bool(user is not None and user.is_authenticated and user.is_active)


def is_hub(user: Any, *roles: HubRole) -> bool:
    """True when the person works for the hub itself in one of these roles."""
    return is_somebody(user) and user.role in roles


def own_roles(user: Any) -> dict[str, set[str]]:
    """Roles per organisation as they were granted, in the order in which the person joined them."""
    return once(("roles", user.pk), lambda: _own_roles(user)) if is_somebody(user) else {}


def _own_roles(user: Any) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    rows = user.memberships.order_by("since", "pk").values_list("organisation__slug", "role")
    for slug, role in rows:
        found.setdefault(slug, set()).add(role)
    return found


def roles_of(user: Any) -> dict[str, set[str]]:
    """Roles per organisation, with those in whose place their organisation stands by now: for rules, and to
    find what is theirs. To choose from, take `works_at` or `writes_for`."""
    own = own_roles(user)
    found = {slug: set(roles) for slug, roles in own.items()}
    if own:
        places = mergers.standing()
        for slug, roles in own.items():
            for older in places.before(slug):
                found.setdefault(older, set()).update(roles)
    return found


def has_role(user: Any, organisation: str, *roles: Role) -> bool:
    """True when the person has one of these roles at the organisation, or at what stands in its place."""
    return bool(roles_of(user).get(organisation, set()) & set(roles))


def edits_for(user: Any) -> list[str]:
    """Slugs of the organisations whose things this person may edit, the earliest first: their own, and those
    in whose place these stand."""
    return [slug for slug, roles in roles_of(user).items() if roles & set(EDITORS)]


def works_at(user: Any) -> list[str]:
    """Slugs of the organisations for which this person can begin something: where they have a role, as far
    as nothing stands in its place."""
    own = own_roles(user)
    places = mergers.standing() if own else None
    return [slug for slug in own if places and not places.ended(slug)]


def writes_for(user: Any) -> list[str]:
    """Of these, the organisations that they edit for."""
    own = own_roles(user)
    return [slug for slug in works_at(user) if own[slug] & set(EDITORS)]


def goes_on_as(user: Any, organisation: str) -> str:
    """The organisation for which someone goes on with what is of this one: itself while it stands, else
    theirs that stands in its place."""
    after = mergers.standing().now(organisation)
    return next((slug for slug in works_at(user) if slug in after), organisation)


def people_with(organisation: str, *roles: Role) -> QuerySet[User]:
    """Accounts in use with one of these roles at the organisation, or at what stands in its place."""
    places = mergers.standing().since(organisation)
    return User.objects.filter(
        is_active=True, memberships__organisation__slug__in=places, memberships__role__in=roles
    ).distinct()


def staff(*roles: HubRole) -> list[User]:
    """Accounts in use that work for the hub itself in one of these roles."""
    return list(User.objects.filter(is_active=True, role__in=roles).order_by("pk"))


def organisations(slugs: Iterable[str] | None = None) -> QuerySet[Organisation]:
    """All organisations, or those with these slugs, with the province they lie in."""
    found = Organisation.objects.select_related("parent").order_by("name_nl")
    return found if slugs is None else found.filter(slug__in=list(slugs))


def organisation(slug: str) -> Organisation | None:
    """One organisation, read once in a request."""
    return once(("organisation", slug), lambda: organisations([slug]).first())


def account_name(user: Any) -> str:
    """How colleagues on a text know each other: the name of the profile, else of the account."""
    if user is None:
        return _("someone who left")
    profile = getattr(user, "profile", None)
    return (profile.name if profile else "") or user.get_username()


def ended(organisation: Organisation) -> bool:
    """True when others stand in its place by now."""
    return mergers.standing().ended(organisation.slug)


def current(slug_or_code: str) -> list[Organisation]:
    """What stands today for an organisation's slug or official code, over every merger and split since.

    An organisation without successor gives itself; an unknown one gives nothing.
    """
    meant = Q(slug=slug_or_code) | Q(code=slug_or_code.lower()) & ~Q(code="")
    places = mergers.standing()
    slugs = Organisation.objects.filter(meant).values_list("slug", flat=True)
    now = {one for slug in slugs for one in places.now(slug)}
    return list(Organisation.objects.filter(slug__in=now).order_by("slug"))


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
