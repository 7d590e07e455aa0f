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
from knooppunt.toolkit import answering, imported, papers, repeating, teamwork
from knooppunt.toolkit.forms import BeginForm, NoteForm, SectionForm
from knooppunt.toolkit.formstates import FLOW, FormState, Party
from knooppunt.toolkit.models import Form, Instrument
from knooppunt.toolkit.officer import officer_for, register_lines
from knooppunt.toolkit.permissions import is_editor
from knooppunt.web.answers import require
from knooppunt.web.csvfile import download, download_csv
from knooppunt.web.documents import download_document
from knooppunt.web.forms import NotNowError, get_or_post, handle


def in_words(texts: list[dict[str, str]]) -> list[Any]:
    return [words(text) for text in texts]


def organisation_name(slug: str) -> str:
    found = people.organisation(slug)
    return people.shown_name(found) if found else slug


@require_safe
def instruments(request: HttpRequest) -> HttpResponse:
    """The instruments there are, and the forms of one's own organisations."""
    cards = Card.objects.filter(kind="instrument").order_by("title_nl")
    officer = bool(officer_for(request.user))
    context = {"cards": cards, "officer": officer, "forms": teamwork.forms_of(request.user)[:50]}
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
        "may_stop": found.offered and found.made_by_others and is_editor(request.user),
        "title": words(content["title"]),
        "summary": words(content["summary"]),
        "sections": [
            {"title": words(s["title"]), "questions": in_words([q["text"] for q in s["questions"]])}
            for s in content["sections"]
        ],
    }
    return render(request, "toolkit/instrument.html", context)


@login_required
@require_POST
def stop_offering(request: HttpRequest, slug: str) -> HttpResponse:
    """No longer offer an instrument that was imported; only editors of the hub."""
    require(is_editor(request.user))
    found = get_object_or_404(Instrument.objects.prefetch_related("versions"), slug=slug)
    try:
        imported.stop_offering(found, actor=request.user)
        messages.success(
            request, _("No longer offered. Forms that were begun go on; import the set to offer it again.")
        )
    except NotNowError as error:
        messages.error(request, str(error))
    return redirect(found)


@login_required
@get_or_post
def begin_form(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin to fill in an instrument."""
    found = get_object_or_404(Instrument.objects.prefetch_related("versions"), slug=slug)
    return begin_page(
        request, _("Fill in for your organisation"), found,
        lambda organisation, title: teamwork.begin_form(found, organisation, title, actor=request.user),
    )  # fmt: skip


def begin_page(request: HttpRequest, title: str, back: Any, deed: Any) -> HttpResponse:
    organisations = people.works_at(request.user)
    if not organisations:
        return render(request, "toolkit/no_organisation.html", status=403)
    form = BeginForm(request.POST or None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        return redirect(deed(form.cleaned_data["organisation"], form.cleaned_data["title"]))
    page = {"form": form, "title": title, "button": _("Begin"), "back": back, "cancel": "toolkit:overview"}
    page["lead"] = _("Only people with a role at this organisation see it.")
    return render(request, "web/form.html", page, status=422 if form.is_bound else 200)


def find_form(request: HttpRequest, pk: int) -> Form:
    """The form; 404 for who has no role at its organisation and was not invited to it."""
    found = teamwork.forms_of(request.user).filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Http404
    return found


@never_cache
@login_required
@require_safe
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """How a form stands: answers, what follows, and what may be done now."""
    found = find_form(request, pk)
    content, mine = found.content, teamwork.parties(request.user, found)
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
        "may_write": found.state == FormState.DRAFT and bool(FLOW.may_do("fill in", mine)),
        "may_invite": Party.TEAM in mine,
        "colleagues": found.colleagues.filter(accepted__isnull=False).select_related("user__profile"),
        "buttons": FLOW.buttons(found.state, mine),
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
            teamwork.answer(found, values, actor=request.user)
            if key := request.POST.get("more") or request.POST.get("fewer"):
                teamwork.repeat(found, key, "more" in request.POST, actor=request.user)
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
    made = teamwork.start_over(find_form(request, pk), actor=request.user)
    messages.success(request, _("Your answers are taken along. Look them over: questions may have changed."))
    return redirect(made)


@login_required
@get_or_post
def move_form(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Send, take back, sign, refuse, open again."""
    found = find_form(request, pk)
    if verb not in FLOW:
        raise Http404
    if FLOW.asks(verb):
        page = NoteForm(request.POST or None)
        return handle(
            request, page,
            lambda: teamwork.move_form(found, verb, actor=request.user, note=page.cleaned_data["note"]),
            _("Done."), found, {"title": FLOW.label(verb), "button": FLOW.label(verb)},
        )  # fmt: skip
    if request.method == "POST":
        try:
            teamwork.move_form(found, verb, actor=request.user)
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
