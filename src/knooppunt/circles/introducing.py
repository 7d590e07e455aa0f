# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Introductions: a connector proposes, both sides answer, and what came of it is counted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.catalogue.audit import audit
from knooppunt.circles import letters, permissions
from knooppunt.circles.introductionstates import FLOW, OPEN, State
from knooppunt.circles.models import Introduction
from knooppunt.flow.history import record
from knooppunt.initiatives import services as initiatives
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError

PROPOSALS_A_DAY = 30


@transaction.atomic
def propose(one: str, other: str, reason: str, *, actor: Any) -> Introduction:
    """Propose to two organisations that they meet; both are asked, neither sees the answer of the other."""
    require(permissions.is_connector(actor))
    if one == other:
        raise NotNowError(_("Choose two different organisations."))
    if initiatives.contactable([one, other]) != {one, other}:
        raise NotNowError(_("At one of the two nobody takes messages yet."))
    pairs = Introduction.objects.filter(state__in=OPEN, one__in=(one, other), other__in=(one, other))
    if pairs.exists():
        raise NotNowError(_("This was proposed already, and waits for an answer."))
    today = Introduction.objects.filter(proposed_by=actor, made__gt=timezone.now() - timedelta(days=1))
    if today.count() >= PROPOSALS_A_DAY:
        raise NotNowError(_("You proposed thirty introductions today. Come back tomorrow."))
    made = Introduction.objects.create(one=one, other=other, reason=reason, proposed_by=actor)
    audit("propose introduction", "introduction", str(made.pk), actor=actor)
    letters.tell_proposed(made)
    return made


@transaction.atomic
def move(introduction: Introduction, verb: str, *, actor: Any) -> Introduction:
    """Say yes or no, or withdraw; when both said yes they are in touch."""
    introduction = Introduction.objects.select_for_update().get(pk=introduction.pk)
    parties = permissions.parties(actor, introduction)
    if parties and FLOW.find(verb, introduction.state, parties) is None:  # neither side learns of the other
        raise NotNowError(str(FLOW.not_now))
    target = FLOW.check(verb, introduction.state, parties)
    source, introduction.state, introduction.changed = introduction.state, target, timezone.now()
    if introduction.state == State.MADE:
        introduction.contact = initiatives.introduce(
            introduction.one, introduction.other, introduction.reason, actor=actor
        )
    introduction.save()
    record(FLOW, introduction, verb, source, actor=actor)
    return introduction
