# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of who asks: ask, be helped at once, follow one's question."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knooppunt.catalogue.models import Card
from knooppunt.helpdesk import experts, permissions, policies, queries, services
from knooppunt.helpdesk.forms import AskForm
from knooppunt.helpdesk.keys import question_of
from knooppunt.helpdesk.models import LONGEST, Desk, Message, Question, today
from knooppunt.helpdesk.states import FLOW, JUDGED, Party
from knooppunt.helpdesk.suggesting import KINDS, suggest
from knooppunt.people import services as people
from knooppunt.web.forms import NotNowError, get_or_post

MOST_PK = 2**31 - 1
SESSION = "helpdesk_questions"


@never_cache
@get_or_post
def ask(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Ask the help desk, or one desk of it. Before it is sent, the likeliest answers are shown once, unless
    there are files with it, which would have to be chosen again; "send anyway" sends it.
    """
    user = request.user if request.user.is_authenticated else None
    desk, keeps_desks = _desk(slug), permissions.keeps_desks(request.user)
    form = AskForm(
        request.POST or None, request.FILES or None, initial={"email": user.email if user else ""},
        organisations=_organisations(request),
    )  # fmt: skip
    if desk is not None and desk.theme:
        del form.fields["theme"]
    page: dict[str, Any] = {
        "form": form,
        "desk": desk,
        "desks": Desk.objects.all() if keeps_desks else queries.desks(),
        "works_here": permissions.works_here(request.user),
        "keeps_desks": keeps_desks,
    }
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if not request.POST.get("send") and not values["files"]:
            page["suggestions"] = suggest(values["text"], request.LANGUAGE_CODE)
        if not page.get("suggestions"):
            try:
                if policies.asks_too_often(request):
                    raise NotNowError(policies.too_often())
                made = services.ask(
                    values["text"], values["email"], theme=values.get("theme", ""), desk=desk,
                    files=values["files"], organisation=values.get("organisation", ""),
                    actor=user, language=request.LANGUAGE_CODE,
                )  # fmt: skip
            except NotNowError as error:
                form.add_error(None, str(error))
            else:
                _remember(request, made)
                messages.success(
                    request, _("Your question is with the help desk. You get a mail with a link.")
                )
                return redirect(made)
    return render(request, "helpdesk/ask.html", page, status=422 if form.errors else 200)


def _organisations(request: HttpRequest) -> list[tuple[str, str]]:
    """Where the reader works, to ask for."""
    field = "name_nl" if request.LANGUAGE_CODE == "nl" else "name_en"
    slugs = people.works_at(request.user)
    return [(o.slug, getattr(o, field)) for o in people.organisations(slugs)] if slugs else []


def _desk(slug: str) -> Desk | None:
    """The desk with this address; 404 for one that is not there yet."""
    if not slug:
        return None
    found = Desk.objects.filter(slug=slug, starts__lte=today()).first()
    if found is None:
        raise Http404
    return found


@require_POST
def suggestions(request: HttpRequest) -> HttpResponse:
    """The likeliest answers to what is typed so far; by POST, so no address or log holds the question."""
    text = request.POST.get("text", "")[:LONGEST]
    page = {"suggestions": suggest(text, request.LANGUAGE_CODE, typing=True)}
    return render(request, "helpdesk/_suggestions.html", page)


@require_POST
def helped(request: HttpRequest) -> HttpResponse:
    """Count that this answer helped, once per browser, and show it."""
    kind, key = request.POST.get("kind", "")[:40], request.POST.get("key", "")[:200]
    card = (
        Card.objects.filter(kind=kind, key=key, kind__in=KINDS).first() if "\x00" not in kind + key else None
    )
    if card is None:
        raise Http404
    told = request.session.setdefault("helpdesk_helped", [])
    if [kind, key] not in told:
        services.helped(kind, key)
        request.session["helpdesk_helped"] = [*told, [kind, key]][-100:]
    messages.success(request, _("Good that it helped. We count that, without your name."))
    return redirect(f"/{request.LANGUAGE_CODE}{card.url}")


@never_cache
@require_safe
def open_by_key(request: HttpRequest) -> HttpResponse:
    """Take the key out of the address: the session remembers that it was shown."""
    question = question_of(request.GET.get("sleutel", ""))
    if question is None:
        raise Http404
    _remember(request, question)
    return redirect(question)


def _remember(request: HttpRequest, question: Question) -> None:
    codes = request.session.get(SESSION, [])
    if question.code not in codes:
        request.session[SESSION] = [*codes, question.code][-50:]


def find(request: HttpRequest, pk: int) -> tuple[Question, set[Party], bool]:
    """The question, what the reader is to it, and whether by the key; 404 for everyone else."""
    question = Question.objects.filter(pk=min(pk, MOST_PK)).first()
    if question is None:
        raise Http404
    by_key = question.code in request.session.get(SESSION, [])
    found = permissions.parties(request.user, question, by_key=by_key)
    if not permissions.may("see", found):
        raise Http404
    return question, found, by_key


@never_cache
@require_safe
def question_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How a question stands, what was said, and what may be done now."""
    question, found, _by_key = find(request, pk)
    said = queries.said(question, notes=permissions.may("see notes", found))
    page = {
        "question": question,
        "said": said,
        "attached": question.attachments.filter(message=None),
        "buttons": [
            b for b in FLOW.buttons(question.state, found) if permissions.may_move(found, question, b.verb)
        ],
        "may_note": permissions.may("write notes", found),
        "is_expert": Party.EXPERT in found,
        "knows": experts.who_might_know(question, request.LANGUAGE_CODE)
        if Party.EXPERT in found and experts.is_untaken(question)
        else [],
        "renews": reverse("toolkit:faq", args=[question.renews]) if question.renews else "",
        "may_judge": permissions.may("judge", found) and question.state in JUDGED,
        "verdicts": Question.Verdict.choices,
        "joined": question.merged.order_by("pk") if Party.EXPERT in found else [],
        "published": reverse("toolkit:faq", args=[question.slug]) if question.slug else "",
    }
    return render(request, "helpdesk/question.html", page)


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether the answer helped."""
    question, _found, by_key = find(request, pk)
    verdict = request.POST.get("verdict", "")
    actor = request.user if request.user.is_authenticated else None
    if verdict not in Question.Verdict:
        raise Http404
    try:
        services.judge(question, verdict, actor=actor, by_key=by_key)
    except NotNowError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Thank you: that helps us to do better."))
    return redirect(question)


@never_cache
@require_safe
def attachment(request: HttpRequest, pk: int, number: int) -> FileResponse:
    """One file of a question, to who may see what it belongs to; always to save, never to show."""
    question, found, _by_key = find(request, pk)
    kept = question.attachments.filter(pk=min(number, MOST_PK)).select_related("message").first()
    hidden = kept is not None and kept.message is not None and kept.message.role == Message.Role.NOTE
    if kept is None or not kept.path.is_file() or (hidden and not permissions.may("see notes", found)):
        raise Http404
    response = FileResponse(
        kept.path.open("rb"), as_attachment=True, filename=kept.name, content_type=kept.kind
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
