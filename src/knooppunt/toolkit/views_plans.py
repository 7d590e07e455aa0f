# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of the step plan, and of the plans that organisations make of it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from knooppunt.catalogue.models import Card
from knooppunt.catalogue.wording import words
from knooppunt.people import services as people
from knooppunt.toolkit import papers, permissions, teamwork
from knooppunt.toolkit.forms import AttachForm, ProposeForm, StepForm
from knooppunt.toolkit.models import Plan, Step
from knooppunt.toolkit.views_work import begin_page, in_words, organisation_name
from knooppunt.web.documents import download_document
from knooppunt.web.forms import get_or_post, handle


@login_required
@get_or_post
def begin_plan(request: HttpRequest) -> HttpResponse:
    """Begin a step plan of one's own."""
    return begin_page(
        request, _("Start your own step plan"), None,
        lambda organisation, title: teamwork.begin_plan(organisation, title, actor=request.user),
    )  # fmt: skip


@require_safe
def steps(request: HttpRequest) -> HttpResponse:
    """The step plan, and the plans of one's own organisations."""
    context = {
        "steps": [
            (step, words(step.content["title"]), words(step.content["why"])) for step in Step.objects.all()
        ],
        "plans": teamwork.plans_of(request.user)[:50],
    }
    return render(request, "toolkit/steps.html", context)


@require_safe
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """One step."""
    found = get_object_or_404(Step, slug=slug)
    others = {other.number: other for other in Step.objects.all()}
    context = {
        "step": found,
        **_step(found),
        "before": others.get(found.number - 1),
        "after": others.get(found.number + 1),
        "may_edit": permissions.is_editor(request.user),
    }
    return render(request, "toolkit/step.html", context)


def _step(step: Step) -> dict[str, Any]:
    content = step.content
    return {
        "title": words(content["title"]),
        "why": words(content["why"]),
        **{name: in_words(content[name]) for name in ("do", "ask", "pitfalls")},
        "involve": words(content["involve"]),
        "instruments": Card.objects.filter(kind="instrument", key__in=content["instruments"]),
        "examples": Card.objects.filter(kind="practice", key__in=content["examples"]),
    }


def find_plan(request: HttpRequest, pk: int) -> Plan:
    """The plan; 404 for who has no role at its organisation and was not invited to it."""
    plan = teamwork.plans_of(request.user).filter(pk=pk).first() if pk < 2**63 else None
    if plan is None:
        raise Http404
    return plan


@never_cache
@login_required
@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """How a plan stands."""
    found = find_plan(request, pk)
    cards = {(card.kind, card.key): card for card in _cards(found)}
    rows = []
    for one in Step.objects.all():
        kept = found.steps.get(one.slug, {})
        attached = [(cards.get((c.kind, c.key)), c.reason) for c in found.cards.all() if c.step == one.slug]
        row = {"step": one, "title": words(one.content["title"]), "attached": attached}
        rows.append(row | {"done": kept.get("done", False), "note": kept.get("note", "")})
    context = {
        "plan": found,
        "organisation": organisation_name(found.organisation),
        "rows": rows,
        "finished": all(row["done"] for row in rows),
        "may_propose": found.organisation in people.edits_for(request.user),
        "may_invite": found.organisation in teamwork.works_for(request.user),
        "colleagues": found.colleagues.filter(accepted__isnull=False).select_related("user__profile"),
    }
    return render(request, "toolkit/plan.html", context)


def _cards(plan: Plan) -> list[Card]:
    keys = list(plan.cards.values_list("key", flat=True))
    return list(Card.objects.filter(key__in=keys))


@never_cache
@login_required
@get_or_post
def plan_step(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Tick a step of a plan and note what came of it."""
    found, one = find_plan(request, pk), get_object_or_404(Step, slug=slug)
    page = StepForm(request.POST or None, initial=found.steps.get(slug, {}))
    following = Step.objects.filter(number=one.number + 1).first()
    target = reverse("toolkit:plan-step", args=[pk, following.slug]) if following else found
    context = {**_step(one), "step": one, "plan": found, "button": _("Save and go on"), "back": found}
    context["page_title"] = f"{one.number}. {words(one.content['title']).text}"

    def save() -> None:
        teamwork.note_step(found, one, actor=request.user, **page.cleaned_data)

    return handle(request, page, save, _("Saved."), target, context, "toolkit/plan_step.html")


@login_required
@get_or_post
def attach(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Put a card with a step of a plan."""
    found, one = find_plan(request, pk), get_object_or_404(Step, slug=slug)
    page = AttachForm(request.POST or None)

    def save() -> None:
        data = page.cleaned_data
        teamwork.attach(found, one, data["address"], data["reason"], actor=request.user)

    texts = {"title": _("Attach a page"), "lead": words(one.content["title"]).text, "button": _("Attach")}
    return handle(request, page, save, _("Saved."), found, texts)


@login_required
@get_or_post
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a finished plan as a practice."""
    found = find_plan(request, pk)
    page = ProposeForm(request.POST or None, language=request.LANGUAGE_CODE)

    def save() -> None:
        data = page.cleaned_data
        teamwork.propose_practice(
            found, data["summary"], data["challenges"], request.LANGUAGE_CODE, actor=request.user
        )

    texts = {"title": _("Propose this as a practice"), "lead": found.title, "button": _("Make a draft")}
    done = _("There is a draft of a practice now, on the desk of your organisation.")
    return handle(request, page, save, done, found, texts)


@login_required
@require_safe
def plan_document(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The plan as DOCX or PDF."""
    found, language = find_plan(request, pk), request.LANGUAGE_CODE
    names = {(c.kind, c.key): c.in_language("title", language)[0] for c in _cards(found)}
    organisation = organisation_name(found.organisation)
    document = papers.plan_document(found, list(Step.objects.all()), names, organisation, language)
    return download_document(document, _("step-plan"), form)
