# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs on forms and plans of organisations: who has a role there works on them, others see nothing."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.catalogue.audit import audit
from knooppunt.catalogue.models import Card
from knooppunt.catalogue.texts import showable
from knooppunt.flow.history import record
from knooppunt.people import services as people
from knooppunt.people.roles import Role
from knooppunt.practices import services as practices
from knooppunt.toolkit import answering, letters
from knooppunt.toolkit.formstates import FLOW, FormState, Party
from knooppunt.toolkit.models import Colleague, Form, FormFile, Instrument, Plan, PlanCard, Step
from knooppunt.toolkit.repeating import MOST_COPIES
from knooppunt.web import filechecks
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError

MOST_FILES = 30
MOST_ROUNDS = 20


def works_for(user: Any) -> list[str]:
    """The organisations whose forms and plans the person works on."""
    return list(people.roles_of(user))


def parties(user: Any, form: Form) -> set[Party]:
    found = {Party.TEAM} if form.organisation in works_for(user) else set()
    if people.has_role(user, form.organisation, Role.PRIVACY_OFFICER):
        found.add(Party.OFFICER)
    if _joined(user).filter(form=form).exists():
        found.add(Party.COLLEAGUE)
    return found


def works_on(user: Any, plan: Plan) -> bool:
    """Whether the person may see and note the plan: a role at its organisation, or invited by name."""
    return plan.organisation in works_for(user) or _joined(user).filter(plan=plan).exists()


def forms_of(user: Any) -> QuerySet[Form]:
    """The forms that this person may see, the latest first."""
    found = Form.objects.filter(Q(organisation__in=works_for(user)) | Q(pk__in=_joined(user).values("form")))
    return found.select_related("version__instrument")


def plans_of(user: Any) -> QuerySet[Plan]:
    """The plans that this person may see, the latest first."""
    return Plan.objects.filter(Q(organisation__in=works_for(user)) | Q(pk__in=_joined(user).values("plan")))


def _joined(user: Any) -> QuerySet[Colleague]:
    """The invitations that a person accepted."""
    if not people.is_somebody(user):
        return Colleague.objects.none()
    return Colleague.objects.filter(user=user, accepted__isnull=False)


@transaction.atomic
def begin_form(instrument: Instrument, organisation: str, title: str, *, actor: Any) -> Form:
    """Begin with the version that is offered now; the form keeps it."""
    require(organisation in people.works_at(actor))
    version = instrument.current
    if version is None:
        raise NotNowError(_("This instrument has no questions yet."))
    if not instrument.offered:
        raise NotNowError(_("This instrument is no longer offered. Forms that were begun go on."))
    form = Form.objects.create(
        version=version, organisation=organisation, title=showable(title), started_by=actor
    )
    audit("begin form", "form", str(form.pk), actor=actor, detail={"instrument": instrument.slug})
    return form


@transaction.atomic
def answer(form: Form, answers: dict[str, Any], *, actor: Any) -> Form:
    """Keep answers to some of the questions; the others stay as they are.

    A question for a file takes an uploaded file, or False to take the file away; a signature takes True
    from who signs, and False from the same person.
    """
    form = _draft(form, actor)
    known = {question["id"]: question for question in answering.questions(form.content)}
    if unknown := sorted(set(answers) - set(known)):
        raise ValueError(unknown[0])
    kept = {key: _kept(form, known[key], value, actor) for key, value in answers.items()}
    form.answers = form.answers | kept
    form.save()
    _drop_unused_files(form)
    audit("answer form", "form", str(form.pk), actor=actor)
    return form


@transaction.atomic
def repeat(form: Form, key: str, more: bool, *, actor: Any) -> Form:
    """Ask the questions of a repeat once more, or no longer a last time: its answers then go."""
    form = _draft(form, actor)
    rounds = {r["key"]: r["number"] for q in answering.questions(form.content) for r in q.get("more", [])}
    if key not in rounds:
        raise ValueError(key)
    number = max(1, min(rounds[key] + (1 if more else -1), MOST_COPIES))
    form.answers = form.answers | {key: number}
    if not more:
        left = {question["id"] for question in answering.questions(form.content)}
        form.answers = {k: v for k, v in form.answers.items() if "~" not in k or k in left or k[0] == "#"}
    form.save()
    _drop_unused_files(form)
    audit("repeat questions", "form", str(form.pk), actor=actor)
    return form


@transaction.atomic
def start_over(form: Form, *, actor: Any) -> Form:
    """A new form on the questions of today, with every answer that still fits; the old one stays."""
    require(Party.TEAM in parties(actor, form))
    instrument = form.version.instrument
    made = begin_form(instrument, form.organisation, form.title, actor=actor)
    made.answers = {key: value for key, value in form.answers.items() if key.startswith("#")}
    for _round in range(MOST_ROUNDS):  # an answer may open a repeat, or give the options to another
        known = {question["id"]: question for question in answering.questions(made.content)}
        fits = {k: v for k, v in form.answers.items() if k in known and _fits(known[k], v)}
        if fits.keys() <= made.answers.keys():
            break
        made.answers |= fits
    for key, value in made.answers.items():
        if isinstance(value, dict) and "file" in value:
            copy = form.files.get(pk=value["file"])
            copy.pk, copy.form = None, made
            copy.save()
            made.answers[key] = value | {"file": copy.pk}
    made.save()
    audit("start over", "form", str(made.pk), actor=actor, detail={"from": form.pk})
    return made


def _draft(form: Form, actor: Any) -> Form:
    """The form as it is now, held to the end of the transaction, for who may fill it in."""
    form = Form.objects.select_for_update().get(pk=form.pk)
    require(FLOW.may_do("fill in", parties(actor, form)))
    if form.state != FormState.DRAFT:
        raise NotNowError(_("This form was sent: take it back first."))
    return form


def _kept(form: Form, question: dict[str, Any], value: Any, actor: Any) -> Any:
    """The answer as it is kept."""
    before = form.answers.get(question["id"], "")
    if question["kind"] == "file":
        return _file(form, value, before)
    if question["kind"] == "sign":
        if bool(value) == bool(before):
            return before
        if before and before["by"] != actor.pk:
            raise NotNowError(_("Only who signed takes a signature back."))
        return {"by": actor.pk, "day": timezone.localdate().isoformat()} if value else ""
    cleaned = answering.clean(question, value)
    return showable(cleaned) if isinstance(cleaned, str) else cleaned


def _file(form: Form, value: Any, before: Any) -> Any:
    if value is False:
        return ""
    if not hasattr(value, "read"):
        return before
    if form.files.count() >= MOST_FILES:
        raise NotNowError(_("A form holds %(n)s files at most.") % {"n": MOST_FILES})
    try:
        checked = filechecks.check(str(value.name), value.read(filechecks.MOST_BYTES + 1))
    except filechecks.RefusedError as error:
        raise NotNowError(_("This file is not taken: %(why)s.") % {"why": error}) from error
    made = FormFile.objects.create(form=form, name=checked.name, kind=checked.kind, content=checked.content)
    return {"file": made.pk, "name": made.name}


def _drop_unused_files(form: Form) -> None:
    used = [value["file"] for value in form.answers.values() if isinstance(value, dict) and "file" in value]
    form.files.exclude(pk__in=used).delete()


def _fits(question: dict[str, Any], value: Any) -> bool:
    """Whether an answer to an earlier version is one to this question too. A signature never is."""
    if question["kind"] in ("file", "sign") or isinstance(value, dict):
        return question["kind"] == "file" and isinstance(value, dict) and "file" in value
    try:
        return value in answering.EMPTY or answering.clean(question, value) == value
    except (TypeError, ValueError):
        return False


@transaction.atomic
def move_form(form: Form, verb: str, *, actor: Any, note: str = "") -> Form:
    """Make a move of the table for a person."""
    form = Form.objects.select_for_update().get(pk=form.pk)
    mine = parties(actor, form)
    source, form.state = form.state, FLOW.check(verb, form.state, mine, note)
    decided = form.state in (FormState.SIGNED, FormState.REFUSED)
    if decided:
        form.decided_by, form.decided, form.note = actor, timezone.now(), showable(note)
    form.save()
    record(FLOW, form, verb, source, actor=actor)
    letters.tell_of_form(form, verb, actor=actor, note=form.note if decided else "")
    return form


@transaction.atomic
def begin_plan(organisation: str, title: str, *, actor: Any) -> Plan:
    require(organisation in people.works_at(actor))
    plan = Plan.objects.create(organisation=organisation, title=showable(title), started_by=actor)
    audit("begin plan", "plan", str(plan.pk), actor=actor)
    return plan


@transaction.atomic
def note_step(plan: Plan, step: Step, *, done: bool, note: str, actor: Any) -> Plan:
    """Tick a step and keep what the team notes on it."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    require(works_on(actor, plan))
    plan.steps = plan.steps | {step.slug: {"done": done, "note": showable(note)}}
    plan.save()
    audit("note step", "plan", str(plan.pk), actor=actor, detail={"step": step.slug, "done": done})
    return plan


@transaction.atomic
def attach(plan: Plan, step: Step, card: Card, reason: str, *, actor: Any) -> PlanCard:
    """Put a card with a step, with the reason; a second time changes the reason."""
    require(works_on(actor, plan))
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
    version = practices.start(people.goes_on_as(actor, plan.organisation), content, actor=actor)
    plan.practice = version.practice.slug
    plan.save()
    return version
