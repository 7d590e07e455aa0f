# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of the desk: the queue, and what is done with a question."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from knooppunt.helpdesk import desks, permissions, queries, services
from knooppunt.helpdesk.forms import (
    AnswerForm,
    DeskForm,
    MergeForm,
    NoteForm,
    ProposalForm,
    RouteForm,
    TextForm,
)
from knooppunt.helpdesk.models import Desk, Question
from knooppunt.helpdesk.states import FLOW, TAKES_FILES
from knooppunt.helpdesk.suggesting import suggest
from knooppunt.helpdesk.views import find
from knooppunt.web.answers import require
from knooppunt.web.forms import get_or_post, handle

RECENT = 20


@never_cache
@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, what is due first on top, and what came of the answers; for who works here."""
    if not permissions.works_here(request.user):
        raise Http404
    mine = queries.desks() if permissions.is_expert(request.user) else permissions.open_desks(request.user)
    desk = next((desk for desk in mine if desk.slug == request.GET.get("bureau")), None)
    questions = queries.of(request.user, desk)
    page = {
        "waiting": queries.queue(questions),
        "paused": queries.paused(questions),
        "recent": queries.recent(questions)[:RECENT],
        "figures": queries.figures(questions),
        "now": timezone.now(),
        "desks": mine,
        "reads": permissions.reads(request.user),
        "desk": desk,
    }
    return render(request, "helpdesk/queue.html", page)


@never_cache
@get_or_post
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Make a move, with the words that go with it."""
    if verb not in FLOW:
        raise Http404
    question, found, by_key = find(request, pk)
    require(FLOW.may_ever(verb, found))
    if verb == "publish":
        return _publish(request, question)
    form = _form(request, question, verb)
    form.fields["text"].required = FLOW.asks(verb)
    actor = request.user if request.user.is_authenticated else None

    def deed() -> None:
        values = dict(form.cleaned_data)
        if verb == "route":
            services.send_on(question, actor=actor, **values)
        else:
            services.move(question, verb, actor=actor, by_key=by_key, **values)

    page = {
        "title": FLOW.label(verb),
        "button": FLOW.label(verb),
        "question": question,
        "said": queries.said(question),
    }
    response = handle(request, form, deed, _("Done."), question, page, template="helpdesk/move.html")
    return _with_fresh_revision(request, response, form, question, page)


def _form(request: HttpRequest, question: Question, verb: str) -> TextForm:
    """The form of a move: a text, and what else the move needs."""
    given: dict[str, Any] = {"data": request.POST or None, "files": request.FILES or None}
    given["initial"] = {"revision": question.revision}
    if verb == "merge":
        form: TextForm = MergeForm(others=queries.joinable(question, request.user), **given)
    elif verb == "answer":
        form = AnswerForm(suggestions=suggest(question.text, question.language), **given)
    elif verb == "route":
        given["initial"] |= {"theme": question.theme, "desk": question.desk.slug if question.desk else ""}
        form = RouteForm(desks=queries.desks(), **given)
    else:
        form = TextForm(**given)
    if verb not in TAKES_FILES:
        del form.fields["files"]
    return form


def _with_fresh_revision(
    request: HttpRequest, response: HttpResponse, form: TextForm, question: Question, page: dict[str, object]
) -> HttpResponse:
    """After a lost update the form keeps the text, and takes the revision that is now shown above it."""
    if not form.non_field_errors():
        return response
    question.refresh_from_db()
    form.data = form.data.copy()
    form.data["revision"] = question.revision
    page = {**page, "form": form, "back": question, "said": queries.said(question)}
    return render(request, "helpdesk/move.html", page, status=422)


def _publish(request: HttpRequest, question: Question) -> HttpResponse:
    """The second reader sees what was redacted, changes it, adds law and review date, and publishes."""
    form = ProposalForm(request.POST or None, initial={"revision": question.revision, **question.proposal})

    def deed() -> None:
        values = dict(form.cleaned_data)
        revision = values.pop("revision")
        services.move(question, "publish", actor=request.user, revision=revision, proposal=values)

    page = {
        "title": FLOW.label("publish"),
        "button": FLOW.label("publish"),
        "lead": _("Personal data was taken out where it was found. Read it yourself as well."),
    }
    return handle(request, form, deed, _("Published: everyone can find it."), question, page)


@never_cache
@login_required
@get_or_post
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note for the desk; one that cannot be kept comes back with what is wrong."""
    question, found, _by_key = find(request, pk)
    require(permissions.may("write notes", found))
    form = NoteForm(request.POST or None)

    def deed() -> None:
        services.note(question, form.cleaned_data["text"], actor=request.user)

    page = {"title": _("Internal note"), "button": _("Keep this note")}
    return handle(request, form, deed, _("Done."), question, page)


@never_cache
@login_required
@get_or_post
def keep_desk(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Open a desk with a team of its own, or change one."""
    if not permissions.keeps_desks(request.user):
        raise Http404
    desk = get_object_or_404(Desk, slug=slug) if slug else None
    form = DeskForm(request.POST or None, initial=_as_initial(desk, request.LANGUAGE_CODE))

    def deed() -> None:
        desks.keep(desk, dict(form.cleaned_data), actor=request.user)

    page = {
        "title": _("Change this desk") if desk else _("Open a desk"),
        "button": _("Keep") if desk else _("Open this desk"),
        "cancel": "helpdesk:ask",
        "lead": _("It has a page of its own to ask, and closes by itself after its last day."),
    }
    return handle(request, form, deed, _("The desk is there."), "helpdesk:ask", page | {"back": None})


def _as_initial(desk: Desk | None, language: str) -> dict[str, object]:
    if desk is None:
        return {"starts": timezone.localdate(), "language": language}
    values: dict[str, object] = {name: getattr(desk, name) for name in DeskForm.FIELDS}
    return values | {"team": "\n".join(desk.team.order_by("username").values_list("username", flat=True))}
