# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of the desk: the queue, and what is done with a question."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knooppunt.helpdesk import permissions, queries, services
from knooppunt.helpdesk.forms import MergeForm, NoteForm, ProposalForm, TextForm
from knooppunt.helpdesk.models import Question
from knooppunt.helpdesk.states import LABELS, MOVES, NEEDS_TEXT
from knooppunt.helpdesk.views import find
from knooppunt.web.forms import get_or_post, handle

RECENT = 20


@never_cache
@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, what is due first on top, and what came of the answers; for experts only."""
    if not permissions.is_expert(request.user):
        raise Http404
    page = {
        "waiting": queries.queue(),
        "paused": queries.paused(),
        "recent": queries.recent()[:RECENT],
        "figures": queries.figures(),
        "now": timezone.now(),
    }
    return render(request, "helpdesk/queue.html", page)


@never_cache
@get_or_post
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Make a move, with the words that go with it."""
    if verb not in MOVES:
        raise Http404
    question, found, by_key = find(request, pk)
    permissions.require(any(made.parties & found for made in MOVES[verb]))
    if verb == "publish":
        return _publish(request, question)
    initial = {"revision": question.revision}
    if verb == "merge":
        form: TextForm = MergeForm(request.POST or None, initial=initial, others=queries.joinable(question))
    else:
        form = TextForm(request.POST or None, initial=initial)
    form.fields["text"].required = verb in NEEDS_TEXT
    actor = request.user if request.user.is_authenticated else None

    def deed() -> None:
        values = form.cleaned_data
        services.move(
            question, verb, actor=actor, revision=values["revision"], text=values["text"],
            into=values.get("into"), by_key=by_key,
        )  # fmt: skip

    page = {"title": LABELS[verb], "button": LABELS[verb], "question": question, "said": _said(question)}
    response = handle(request, form, deed, _("Done."), question, page, template="helpdesk/move.html")
    return _with_fresh_revision(request, response, form, question, page)


def _with_fresh_revision(
    request: HttpRequest, response: HttpResponse, form: TextForm, question: Question, page: dict[str, object]
) -> HttpResponse:
    """After a lost update the form keeps the text, and takes the revision that is now shown above it."""
    if not form.non_field_errors():
        return response
    question.refresh_from_db()
    form.data = form.data.copy()
    form.data["revision"] = question.revision
    page = {**page, "form": form, "back": question, "said": _said(question)}
    return render(request, "helpdesk/move.html", page, status=422)


def _said(question: Question) -> list[object]:
    return list(question.messages.exclude(role="note"))


def _publish(request: HttpRequest, question: Question) -> HttpResponse:
    """The second reader sees what was redacted, changes it, adds law and review date, and publishes."""
    form = ProposalForm(request.POST or None, initial={"revision": question.revision, **question.proposal})

    def deed() -> None:
        values = dict(form.cleaned_data)
        revision = values.pop("revision")
        services.move(question, "publish", actor=request.user, revision=revision, proposal=values)

    page = {
        "title": LABELS["publish"],
        "button": LABELS["publish"],
        "lead": _("Personal data was taken out where it was found. Read it yourself as well."),
    }
    return handle(request, form, deed, _("Published: everyone can find it."), question, page)


@login_required
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    question, _found, _by_key = find(request, pk)
    form = NoteForm(request.POST)
    if form.is_valid():
        services.note(question, form.cleaned_data["text"], actor=request.user)
    else:
        messages.error(request, _("Write something first."))
    return redirect(question)
