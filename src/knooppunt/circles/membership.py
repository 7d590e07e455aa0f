# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who takes part in a circle, for which organisation, and as what."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.catalogue.audit import audit
from knooppunt.catalogue.models import AuditLine
from knooppunt.circles import letters, meetings, permissions, queries
from knooppunt.circles.models import Circle, Member
from knooppunt.people import services as people
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError

INVITATIONS_A_DAY = 10


@transaction.atomic
def join(circle: Circle, organisation: str, *, actor: Any) -> None:
    """Take part in an open circle, for an organisation where one works."""
    require(permissions.may_circle(actor, "join-open", circle) and not circle.private)
    require(organisation in people.works_at(actor))
    _add(circle, actor, organisation, actor)


def _hold(circle: Circle) -> None:
    """Two at once wait for each other: one representative, and always a leader."""
    Circle.objects.select_for_update().get(pk=circle.pk)


def _add(circle: Circle, user: Any, organisation: str, actor: Any) -> None:
    _hold(circle)
    defaults = {"organisation": organisation}
    member, made = Member.objects.get_or_create(circle=circle, user=user, defaults=defaults)
    if not made and member.organisation != organisation:
        member.organisation, member.represents = organisation, False
        member.save(update_fields=["organisation", "represents"])
    elif not made:
        return
    _fill(circle)
    detail = {"organisation": organisation}
    audit("join circle", "circle", circle.slug, actor=actor, detail=detail)


def _fill(circle: Circle) -> None:
    """Where nobody leads or represents an organisation, who takes part longest does."""
    members = list(circle.members.order_by("since", "pk"))
    if members and not any(member.leads for member in members):
        Member.objects.filter(pk=members[0].pk).update(leads=True)
    represented = {member.organisation for member in members if member.represents}
    for member in members:
        if member.organisation not in represented:
            represented.add(member.organisation)
            Member.objects.filter(pk=member.pk).update(represents=True)


@transaction.atomic
def invite(circle: Circle, organisation: str, *, actor: Any) -> int:
    """Bring the people who take messages for an organisation into a circle; tells them. Gives how many."""
    require(permissions.may_circle(actor, "invite", circle))
    today = AuditLine.objects.filter(
        action="invite to circle", actor=actor, at__gt=timezone.now() - timedelta(days=1)
    )
    if today.count() >= INVITATIONS_A_DAY:
        raise NotNowError(_("You brought in ten organisations today. Come back tomorrow."))
    readers = letters.contact_people(organisation)
    if not readers:
        raise NotNowError(_("Nobody takes messages for this organisation yet."))
    new = [user for user in readers if permissions.member_of(user, circle) is None]
    for user in new:  # who takes part already, also for another organisation, chose that themselves
        _add(circle, user, organisation, actor)
    audit("invite to circle", "circle", circle.slug, actor=actor, detail={"organisation": organisation})
    letters.tell_invited(circle, new)
    return len(new)


@transaction.atomic
def leave(circle: Circle, *, actor: Any) -> None:
    """Leave; nobody keeps somebody in a circle."""
    _remove(circle, Member.objects.filter(circle=circle, user=actor), "leave circle", actor)


@transaction.atomic
def release(user: Any) -> None:
    """Before an account goes: its places go to who waits, and its circles keep a leader."""
    for circle in Circle.objects.filter(members__user=user):
        _remove(circle, circle.members.filter(user=user), "leave circle", None)


def let_go() -> int:
    """Take out who no longer works at the organisation for which they took part. Run daily by the worker."""
    stay = [member.pk for member in queries.still_there(Member.objects.all())]
    left = list(Member.objects.exclude(pk__in=stay).select_related("circle"))
    for member in left:
        with transaction.atomic():
            _remove(member.circle, Member.objects.filter(pk=member.pk), "leave circle", None)
    return len(left)


@transaction.atomic
def remove(member: Member, *, actor: Any) -> None:
    """Take somebody out of a circle, for who arranges its members."""
    require(permissions.may_circle(actor, "arrange-members", member.circle))
    _remove(member.circle, Member.objects.filter(pk=member.pk), "remove from circle", actor)


def _remove(circle: Circle, members: Any, deed: str, actor: Any) -> None:
    _hold(circle)
    for member in members:
        meetings.free_places(member)
        member.delete()
        audit(deed, "circle", circle.slug, actor=actor, detail={"organisation": member.organisation})
    _fill(circle)


@transaction.atomic
def represent(member: Member, *, actor: Any) -> None:
    """Let somebody represent the organisation in the circle, in the place of who did."""
    require(permissions.may_circle(actor, "arrange-members", member.circle))
    _hold(member.circle)
    others = member.circle.members.filter(organisation=member.organisation)
    others.update(represents=False)
    Member.objects.filter(pk=member.pk).update(represents=True)
    detail = {"organisation": member.organisation}
    audit("choose representative", "circle", member.circle.slug, actor=actor, detail=detail)


@transaction.atomic
def lead(member: Member, leads: bool, *, actor: Any) -> None:
    """Let somebody lead the circle too, or no more; a circle with members keeps a leader."""
    require(permissions.may_circle(actor, "arrange-members", member.circle))
    _hold(member.circle)
    if not leads and not member.circle.members.filter(leads=True).exclude(pk=member.pk).exists():
        raise NotNowError(_("A circle keeps a leader. Let somebody else lead first."))
    Member.objects.filter(pk=member.pk).update(leads=leads)
    detail = {"leads": leads, "organisation": member.organisation}
    audit("change leader", "circle", member.circle.slug, actor=actor, detail=detail)


@transaction.atomic
def renew_feed(circle: Circle, *, actor: Any) -> None:
    """A new secret address for one's feeds of a circle; the address there was opens nothing any more."""
    member = permissions.member_of(actor, circle)
    require(member is not None)
    Member.objects.filter(circle=circle, user=actor).update(feed_code=secrets.token_urlsafe(16))
    audit("renew feed address", "circle", circle.slug, actor=actor)
