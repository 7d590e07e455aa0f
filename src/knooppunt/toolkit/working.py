# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs on forms and plans of organisations: who has a role there works on them, others see nothing."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.catalogue.audit import audit
from knooppunt.catalogue.models import Card
from knooppunt.catalogue.texts import showable
from knooppunt.people import services as people
from knooppunt.people.roles import Role
from knooppunt.practices import services as practices
from knooppunt.toolkit import answering
from knooppunt.toolkit.formstates import NEEDS_NOTE, FormState, Party, move_from
from knooppunt.toolkit.models import Form, Instrument, Plan, PlanCard, Step
from knooppunt.toolkit.permissions import require
from knooppunt.web.forms import NotNowError


def works_for(user: Any) -> list[str]:
    """The organisations at which the person has a role."""
    return list(people.roles_of(user))


def parties(user: Any, form: Form) -> set[Party]:
    found = {Party.TEAM} if form.organisation in works_for(user) else set()
    if people.has_role(user, form.organisation, Role.PRIVACY_OFFICER):
        found.add(Party.OFFICER)
    return found


@transaction.atomic
def begin_form(instrument: Instrument, organisation: str, title: str, *, actor: Any) -> Form:
    """Begin with the version that is offered now; the form keeps it."""
    require(organisation in works_for(actor))
    version = instrument.current
    if version is None:
        raise NotNowError(_("This instrument has no questions yet."))
    form = Form.objects.create(
        version=version, organisation=organisation, title=showable(title), started_by=actor
    )
    audit("begin form", "form", str(form.pk), actor=actor, detail={"instrument": instrument.slug})
    return form


@transaction.atomic
def answer(form: Form, answers: dict[str, Any], *, actor: Any) -> Form:
    """Keep answers to some of the questions; the others stay as they are."""
    form = Form.objects.select_for_update().get(pk=form.pk)
    require(Party.TEAM in parties(actor, form))
    if form.state != FormState.DRAFT:
        raise NotNowError(_("This form was sent: take it back first."))
    known = {question["id"]: question for question in answering.questions(form.version.content)}
    cleaned = {key: answering.clean(known[key], value) for key, value in answers.items()}
    form.answers = form.answers | {k: showable(v) if isinstance(v, str) else v for k, v in cleaned.items()}
    form.save()
    audit("answer form", "form", str(form.pk), actor=actor)
    return form


@transaction.atomic
def move_form(form: Form, verb: str, *, actor: Any, note: str = "") -> Form:
    """Make a move of the table for a person."""
    form = Form.objects.select_for_update().get(pk=form.pk)
    mine = parties(actor, form)
    require(bool(mine))
    move = move_from(verb, form.state)
    if move is None:
        state = FormState(form.state).label
        raise NotNowError(_("This cannot be done while the form is: %(state)s.") % {"state": state})
    if verb in NEEDS_NOTE and not note.strip():
        raise NotNowError(_("Say why: the others need to know."))
    require(bool(move.parties & mine))
    form.state = move.target
    if Party.OFFICER in move.parties:
        form.decided_by, form.decided, form.note = actor, timezone.now(), showable(note)
    form.save()
    audit(verb, "form", str(form.pk), actor=actor, detail={"to": move.target})
    return form


@transaction.atomic
def begin_plan(organisation: str, title: str, *, actor: Any) -> Plan:
    require(organisation in works_for(actor))
    plan = Plan.objects.create(organisation=organisation, title=showable(title), started_by=actor)
    audit("begin plan", "plan", str(plan.pk), actor=actor)
    return plan


@transaction.atomic
def note_step(plan: Plan, step: Step, *, done: bool, note: str, actor: Any) -> Plan:
    """Tick a step and keep what the team notes on it."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    require(plan.organisation in works_for(actor))
    plan.steps = plan.steps | {step.slug: {"done": done, "note": showable(note)}}
    plan.save()
    audit("note step", "plan", str(plan.pk), actor=actor, detail={"step": step.slug, "done": done})
    return plan


@transaction.atomic
def attach(plan: Plan, step: Step, card: Card, reason: str, *, actor: Any) -> PlanCard:
    """Put a card with a step, with the reason; a second time changes the reason."""
    require(plan.organisation in works_for(actor))
    attached, _made = PlanCard.objects.update_or_create(
        plan=plan, step=step.slug, kind=card.kind, key=card.key, defaults={"reason": showable(reason)}
    )
    return attached


@transaction.atomic
def propose_practice(plan: Plan, summary: str, challenges: list[str], language: str, *, actor: Any) -> Any:
    """Make a draft practice of a plan that is finished; the practice then goes its own way."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    require(plan.organisation in works_for(actor))
    if plan.practice:
        raise NotNowError(_("This plan was proposed as a practice already."))
    if {slug for slug, kept in plan.steps.items() if kept["done"]} < set(
        Step.objects.values_list("slug", flat=True)
    ):
        raise NotNowError(_("Tick every step first: then it is known what came of it."))
    content = {
        "title": {language: plan.title},
        "summary": {language: showable(summary)},
        "organisations": {"lead": [plan.organisation]},
        "challenges": challenges,
        "stage": "not_reported",
    }
    version = practices.start(plan.organisation, content, actor=actor)
    plan.practice = version.practice.slug
    plan.save()
    return version
