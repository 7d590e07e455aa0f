# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Desks with a team of their own: for a theme, always or for a while. They open and close by their dates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from knooppunt.catalogue.audit import audit
from knooppunt.helpdesk import letters, permissions, queries
from knooppunt.helpdesk.models import Desk, Question
from knooppunt.helpdesk.states import ON_CLOCK, PAUSED
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError

KEEP = timedelta(days=365)
RESERVED = "nieuw"


def team_of(lines: str) -> list[Any]:
    """The accounts that the lines name, by account name or e-mail; NotNowError names what is no account."""
    wanted = list(dict.fromkeys(line.strip() for line in lines.splitlines() if line.strip()))
    users = get_user_model().objects.filter(is_active=True)
    found = {name: users.filter(Q(username=name) | Q(email__iexact=name)).first() for name in wanted}
    if unknown := [name for name, user in found.items() if user is None]:
        names = ", ".join(unknown[:5])
        raise NotNowError(_("There is no account with this name or address: %(names)s.") % {"names": names})
    return [user for user in found.values() if user is not None]


@transaction.atomic
def keep(desk: Desk | None, values: dict[str, Any], *, actor: Any) -> Desk:
    """Open a desk, or change one; who comes into its team sees the questions that are put to it."""
    require(permissions.keeps_desks(actor))
    team = team_of(values.pop("team"))
    made = desk or Desk(slug=_free_slug(values["title"]))
    for name, value in values.items():
        setattr(made, name, value)
    made.save()
    made.team.set(team)
    detail = {"team": len(team), "ends": made.ends.isoformat() if made.ends else ""}
    audit("change desk" if desk else "open desk", "desk", made.slug, actor=actor, detail=detail)
    return made


def _free_slug(title: str) -> str:
    base = slugify(title)[:60].strip("-") or "bureau"
    taken = {RESERVED, *Desk.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    return next(
        slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken
    )


def hand_over() -> int:
    """What still waits at a desk that closed goes to who stays. Run daily."""
    waits = Question.objects.filter(
        state__in=(*ON_CLOCK, *PAUSED), desk__ends__lt=timezone.localdate()
    ).select_related("expert")
    return sum(_to_who_stays(question) for question in waits)


@transaction.atomic
def _to_who_stays(question: Question) -> int:
    if permissions.is_expert(question.expert):
        return 0
    question.expert = queries.expert_for(question.theme, queries.desk_for(question.theme))
    question.save(update_fields=["expert"])
    audit("hand over", "question", str(question.pk), actor=None)
    letters.tell_expert(question)
    return int(question.expert is not None)


def forget() -> int:
    """Desks go a year after they closed. Run daily."""
    return Desk.objects.filter(ends__lt=timezone.localdate() - KEEP).delete()[1].get("helpdesk.Desk", 0)
