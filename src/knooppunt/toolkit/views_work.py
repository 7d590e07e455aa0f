# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of instruments and the step plan, and of what an organisation makes of both."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knooppunt.api import tables
from knooppunt.catalogue.models import Card
from knooppunt.catalogue.wording import words
from knooppunt.people import services as people
from knooppunt.toolkit import answering, papers, permissions, repeating, working
from knooppunt.toolkit.forms import AttachForm, BeginForm, NoteForm, ProposeForm, SectionForm, StepForm
from knooppunt.toolkit.formstates import DEEDS, LABELS, MOVES, NEEDS_NOTE, FormState, Party
from knooppunt.toolkit.models import Form, Instrument, Plan, Step
from knooppunt.toolkit.officer import officer_for, register_lines
from knooppunt.web.csvfile import download, download_csv
from knooppunt.web.documents import download_document
from knooppunt.web.forms import NotNowError, get_or_post, handle


def _texts(texts: list[dict[str, str]]) -> list[Any]:
    return [words(text) for text in texts]


def organisation_name(slug: str) -> str:
    found = people.organisation(slug)
    return found.name_nl if found else slug


@require_safe
def instruments(request: HttpRequest) -> HttpResponse:
    """The instruments there are, and the forms of one's own organisations."""
    cards = Card.objects.filter(kind="instrument").order_by("title_nl")
    officer = bool(officer_for(request.user))
    context = {"cards": cards, "officer": officer, "forms": working.forms_of(request.user)[:50]}
    return render(request, "toolkit/instruments.html", context)


@require_safe
def instrument(request: HttpRequest, slug: str) -> HttpResponse:
    """What an instrument asks."""
    found = get_object_or_404(Instrument.objects.prefetch_related("versions"), slug=slug)
    if found.current is None:
        raise Http404
    content = found.current.content
    context = {
        "instrument": found,
        "version": found.current,
        "title": words(content["title"]),
        "summary": words(content["summary"]),
        "sections": [
            {"title": words(s["title"]), "questions": _texts([q["text"] for q in s["questions"]])}
            for s in content["sections"]
        ],
    }
    return render(request, "toolkit/instrument.html", context)


@login_required
@get_or_post
def begin_form(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin to fill in an instrument."""
    found = get_object_or_404(Instrument.objects.prefetch_related("versions"), slug=slug)
    return _begin(
        request, _("Fill in for your organisation"), found,
        lambda organisation, title: working.begin_form(found, organisation, title, actor=request.user),
    )  # fmt: skip


@login_required
@get_or_post
def begin_plan(request: HttpRequest) -> HttpResponse:
    """Begin a step plan of one's own."""
    return _begin(
        request, _("Start your own step plan"), None,
        lambda organisation, title: working.begin_plan(organisation, title, actor=request.user),
    )  # fmt: skip


def _begin(request: HttpRequest, title: str, back: Any, begin: Any) -> HttpResponse:
    organisations = working.works_for(request.user)
    if not organisations:
        return render(request, "toolkit/no_organisation.html", status=403)
    form = BeginForm(request.POST or None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        return redirect(begin(form.cleaned_data["organisation"], form.cleaned_data["title"]))
    page = {"form": form, "title": title, "button": _("Begin"), "back": back, "cancel": "toolkit:overview"}
    page["lead"] = _("Only people with a role at this organisation see it.")
    return render(request, "web/form.html", page, status=422 if form.is_bound else 200)


def find_form(request: HttpRequest, pk: int) -> Form:
    """The form; 404 for who has no role at its organisation and was not invited to it."""
    found = working.forms_of(request.user).filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Http404
    return found


@never_cache
@login_required
@require_safe
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """How a form stands: answers, what follows, and what may be done now."""
    found = find_form(request, pk)
    content, mine = found.content, working.parties(request.user, found)
    asked = answering.visible(content, found.answers)
    done, number = answering.progress(content, found.answers)
    context = {
        "form": found,
        "title": words(content["title"]),
        "organisation": organisation_name(found.organisation),
        "done": done,
        "number": number,
        "sections": [
            {
                "id": section["id"],
                "title": words(section["title"]),
                "rows": [
                    _row(q, found.answers.get(q["id"])) for q in section["questions"] if q["id"] in asked
                ],
            }
            for section in content["sections"]
        ],
        "outcomes": [
            {"title": words(o["title"]), "text": words(o["text"]), "why": papers.because(found, o)}
            for o in answering.outcomes(content, found.answers)
        ],
        "may_write": found.state == FormState.DRAFT and bool(DEEDS["fill in"] & mine),
        "may_invite": Party.TEAM in mine,
        "colleagues": found.colleagues.filter(accepted__isnull=False).select_related("user__profile"),
        "buttons": [
            {"verb": verb, "label": LABELS[verb]}
            for verb, moves in MOVES.items()
            if any(m.source == found.state and m.parties & mine for m in moves)
        ],
        "newer": found.version.instrument.versions.first() != found.version,
    }
    return render(request, "toolkit/form.html", context)


def _row(question: dict[str, Any], value: Any) -> dict[str, Any]:
    file = value["file"] if isinstance(value, dict) and "file" in value else None
    part, answer = words(question.get("part")), papers.shown_answer(question, value)
    return {"text": words(question["text"]), "part": part, "answer": answer, "file": file}


@never_cache
@login_required
@get_or_post
def section(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Answer the questions of a section that are asked now; questions that open on an answer come next."""
    found = find_form(request, pk)
    content = found.content
    sections = [part["id"] for part in content["sections"]]
    if section not in sections:
        raise Http404
    part = content["sections"][sections.index(section)]
    before = answering.visible(content, found.answers)
    shown = answering.shown(part, before)
    page = SectionForm(request.POST or None, request.FILES or None, questions=shown, answers=found.answers)

    def save() -> None:
        values = {k: ("" if v is None else v) for k, v in page.cleaned_data.items()}
        try:
            working.answer(found, values, actor=request.user)
            if key := request.POST.get("more") or request.POST.get("fewer"):
                working.repeat(found, key, "more" in request.POST, actor=request.user)
        except ValueError as error:
            raise NotNowError(_("This cannot be repeated.")) from error

    heading = words(part["title"])
    context = {"page_title": heading.text, "text_language": heading.lang, "lead": found.title, "back": found}
    context |= {"intro": words(part.get("intro")), "button": _("Save and go on"), "title": found.title}
    target = request.path
    if request.method == "POST" and page.is_valid() and not {"more", "fewer"} & set(request.POST):
        target = _after(found, page.cleaned_data, part, sections)
    return handle(request, page, save, _("Saved."), target, context, "toolkit/section.html")


def _after(form: Form, given: dict[str, Any], part: dict[str, Any], sections: list[str]) -> str:
    """This section again when the answers open a question here, else the next; the form after the last."""
    before = answering.visible(form.content, form.answers)
    answers = form.answers | given
    later = repeating.written_out(form.version.content, answers)
    here = {q["id"] for s in later["sections"] if s["id"] == part["id"] for q in s["questions"]}
    opened = answering.visible(later, answers) & here - before
    following = [part["id"]] if opened else sections[sections.index(part["id"]) + 1 :]
    return reverse("toolkit:section", args=[form.pk, following[0]]) if following else form.get_absolute_url()


@login_required
@require_safe
def form_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A file that answers a question: always to save, never shown by the browser."""
    found = find_form(request, pk)
    kept = get_object_or_404(found.files, pk=file) if file < 2**63 else None
    if kept is None:
        raise Http404
    answer = HttpResponse(bytes(kept.content), content_type=kept.kind)
    answer["Content-Disposition"] = content_disposition_header(True, kept.name)
    return answer


@login_required
@require_POST
def start_over(request: HttpRequest, pk: int) -> HttpResponse:
    """A new form on the newer version of the instrument, with the answers that still fit."""
    made = working.start_over(find_form(request, pk), actor=request.user)
    messages.success(request, _("Your answers are taken along. Look them over: questions may have changed."))
    return redirect(made)


@login_required
@get_or_post
def move_form(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Send, take back, sign, refuse, open again."""
    found = find_form(request, pk)
    if verb not in MOVES:
        raise Http404
    if verb in NEEDS_NOTE:
        page = NoteForm(request.POST or None)
        return handle(
            request, page,
            lambda: working.move_form(found, verb, actor=request.user, note=page.cleaned_data["note"]),
            _("Done."), found, {"title": LABELS[verb], "button": LABELS[verb]},
        )  # fmt: skip
    if request.method == "POST":
        try:
            working.move_form(found, verb, actor=request.user)
            messages.success(request, _("Done."))
        except NotNowError as error:
            messages.error(request, str(error))
    return redirect(found)


@login_required
@require_safe
def form_document(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The form as DOCX or PDF."""
    found = find_form(request, pk)
    document = papers.form_document(found, organisation_name(found.organisation), request.LANGUAGE_CODE)
    return download_document(document, found.version.instrument.slug, form)


@login_required
@require_safe
def register(request: HttpRequest, form: str) -> HttpResponse:
    """Lines for the register of processing (article 30) of those whose privacy officer this is."""
    lines, name = list(register_lines(request.user)), f"{_('processing')}.{form}"
    if form == "csv":
        return download_csv(request, lines, name)
    if form != "xlsx":
        raise Http404
    return download(tables.as_xlsx(lines, _("processing")), tables.CONTENT_TYPE, name)


@require_safe
def steps(request: HttpRequest) -> HttpResponse:
    """The step plan, and the plans of one's own organisations."""
    context = {
        "steps": [
            (step, words(step.content["title"]), words(step.content["why"])) for step in Step.objects.all()
        ],
        "plans": working.plans_of(request.user)[:50],
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
        **{name: _texts(content[name]) for name in ("do", "ask", "pitfalls")},
        "involve": words(content["involve"]),
        "instruments": Card.objects.filter(kind="instrument", key__in=content["instruments"]),
        "examples": Card.objects.filter(kind="practice", key__in=content["examples"]),
    }


def find_plan(request: HttpRequest, pk: int) -> Plan:
    """The plan; 404 for who has no role at its organisation and was not invited to it."""
    plan = working.plans_of(request.user).filter(pk=pk).first() if pk < 2**63 else None
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
        "may_invite": found.organisation in working.works_for(request.user),
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
        working.note_step(found, one, actor=request.user, **page.cleaned_data)

    return handle(request, page, save, _("Saved."), target, context, "toolkit/plan_step.html")


@login_required
@get_or_post
def attach(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Put a card with a step of a plan."""
    found, one = find_plan(request, pk), get_object_or_404(Step, slug=slug)
    page = AttachForm(request.POST or None)

    def save() -> None:
        data = page.cleaned_data
        working.attach(found, one, data["address"], data["reason"], actor=request.user)

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
        working.propose_practice(
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
