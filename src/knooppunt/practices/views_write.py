# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages to work on a practice: one's desk, start, write, look at it, move it, say something of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knooppunt.people import services as people
from knooppunt.practices import comparing, permissions, policies, presenting, queries, services
from knooppunt.practices.forms import CommentForm, DataFormSet, MoveForm, PracticeForm, ReuseForm, StartForm
from knooppunt.practices.letters import addressees
from knooppunt.practices.models import Comment, Practice, Version
from knooppunt.practices.states import FLOW, OPEN, Party, State
from knooppunt.practices.views import find, find_public
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError, get_or_post, handle


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for me."""
    context = {"works": people.writes_for(request.user), **queries.desk(request.user)}
    return render(request, "practices/desk.html", context)


@login_required
@get_or_post
def begin(request: HttpRequest) -> HttpResponse:
    """Start a practice; who edits for no organisation is told how to come to that."""
    organisations = people.writes_for(request.user)
    if not organisations:
        return render(request, "practices/no_organisation.html", status=403)
    initial = {"challenges": request.GET.getlist("opgave")[:9]}
    form = StartForm(request.POST or None, organisations=organisations, initial=initial)
    if request.method == "POST" and form.is_valid():
        version = services.start(form.cleaned_data["organisation"], form.content(), actor=request.user)
        services.begin(version, actor=request.user)
        messages.success(request, _("Your practice is started as a draft: only your organisation sees it."))
        return redirect("practices:edit", version.practice.slug)
    page = {
        "form": form,
        "title": _("Describe your practice"),
        "button": _("Start as a draft"),
        "cancel": "practices:overview",
    }
    return render(request, "web/form.html", page, status=422 if form.is_bound else 200)


def find_version(request: HttpRequest, slug: str) -> Version:
    """The version that is worked on, else the standing one; 404 for who is nobody to this practice."""
    practice = find(slug)
    version = practice.open or practice.standing
    if version is None:
        raise Http404
    version.practice = practice
    if not permissions.may(request.user, "see", version):
        raise Http404
    return version


@never_cache
@login_required
@require_safe
def work(request: HttpRequest, slug: str) -> HttpResponse:
    """How the version stands: what was done, said and saved, and what may be done now."""
    version = find_version(request, slug)
    user = request.user
    context = {
        "practice": version.practice,
        "version": version,
        "open": version.state in OPEN,
        "buttons": FLOW.buttons(version.state, permissions.parties(user, version)),
        "may_write": version.state == State.DRAFT and permissions.may(user, "write", version),
        "may_start": version.state not in OPEN and permissions.may_start(user, version.practice.organisation),
        "locked": policies.locked_for(version, user),
        "steps": version.steps.select_related("actor"),
        "comments": version.comments.select_related("author"),
        "comment_form": CommentForm(),
        "past_saves": version.past_saves.select_related("author").defer("content"),
        "waits_for": _waits_for(version),
    }
    return render(request, "practices/work.html", context)


def _waits_for(version: Version) -> str:
    """Who has to act, in words; that nobody can is said too."""
    if version.state != State.SUBMITTED:
        return ""
    if addressees(version, Party.READER):
        return _("A colleague who did not write it reads it first.")
    return _("Nobody else of your organisation can read it yet: invite a second editor or a data steward.")


@login_required
@require_POST
def edit_begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Have the text to oneself, on an open draft or on a new version of what stands."""
    practice = find(slug)
    if practice.open is None:
        require(permissions.may_start(request.user, practice.organisation))
        services.new_version(practice, actor=request.user)
    version = find_version(request, slug)
    try:
        services.begin(version, actor=request.user)
    except NotNowError as error:
        messages.error(request, str(error))
        return redirect("practices:work", slug)
    return redirect("practices:edit", slug)


@never_cache
@login_required
@get_or_post
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Write in a draft, one language at a time."""
    version = find_version(request, slug)
    require(permissions.may(request.user, "write", version))
    language = _writing_language(request, version)
    form = PracticeForm(
        request.POST or None, content=version.content, language=language, initial=_kept(version)
    )
    rows = DataFormSet(request.POST or None, content=version.content, language=language)
    page: dict[str, Any] = {"version": version, "practice": version.practice, "language": language}
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        content = form.document(rows.documents())
        try:
            services.save(
                version, content, actor=request.user, seen=form.cleaned_data["seen"],
                note=form.cleaned_data["note"], review_months=form.cleaned_data["review_months"],
            )  # fmt: skip
        except policies.SavedMeanwhileError as error:
            return _conflict(request, error, form, rows, page, content)
        except NotNowError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved. You can go on later: nothing is lost."))
            return redirect(_after_save(request, slug, language))
    return _edit_page(request, form, rows, page)


def _kept(version: Version) -> dict[str, Any]:
    return {"note": version.note, "review_months": version.review_months, "seen": version.saved}


def _edit_page(
    request: HttpRequest, form: PracticeForm, rows: Any, page: dict[str, Any], status: int = 422
) -> HttpResponse:
    version = page["version"]
    page |= {
        "form": form,
        "rows": rows,
        "locked": policies.locked_for(version, request.user),
        "other_text": next((lang for lang in ("nl", "en") if lang != page["language"]), ""),
    }
    return render(request, "practices/edit.html", page, status=status if form.is_bound else 200)


def _conflict(
    request: HttpRequest,
    error: policies.SavedMeanwhileError,
    form: PracticeForm,
    rows: Any,
    page: dict[str, Any],
    content: dict[str, Any],
) -> HttpResponse:
    """Both texts are shown: saving again keeps mine and leaves theirs among the earlier saves."""
    theirs = error.version
    form.data = form.data.copy()
    form.data["seen"] = str(theirs.saved)
    form.add_error(None, str(error))
    page |= {
        "version": theirs,
        "conflict": theirs,
        "differences": comparing.compare(theirs.content, content, page["language"]),
    }
    return _edit_page(request, form, rows, page, status=409)


def _writing_language(request: HttpRequest, version: Version) -> str:
    wanted = request.POST.get("taal") or request.GET.get("taal") or ""
    if wanted in ("nl", "en"):
        return wanted
    language = request.LANGUAGE_CODE
    return language if language in version.languages else (version.languages or [language])[0]


def _after_save(request: HttpRequest, slug: str, language: str) -> str:
    if "go-on" in request.POST:
        return reverse("practices:edit", args=[slug]) + f"?taal={language}"
    return reverse("practices:work", args=[slug])


@never_cache
@login_required
@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The version that is worked on, as its page will be."""
    version = find_version(request, slug)
    return render(request, "practices/version.html", {**presenting.present(version), "preview": True})


@never_cache
@login_required
@require_safe
def past_save(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An earlier save beside what is saved now."""
    version = find_version(request, slug)
    past = version.past_saves.filter(number=number).first()
    if past is None:
        raise Http404
    language = request.LANGUAGE_CODE
    other = "en" if language == "nl" else "nl"
    page = {
        "practice": version.practice,
        "version": version,
        "past": past,
        "differences": comparing.compare(past.content, version.content, language),
        "other": comparing.compare(past.content, version.content, other),
    }
    return render(request, "practices/past_save.html", page)


@login_required
@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    services.leave(find_version(request, slug), actor=request.user)
    return redirect("practices:work", slug)


@never_cache
@login_required
@get_or_post
def move(request: HttpRequest, slug: str, verb: str) -> HttpResponse:
    """Make a move, with the words that go with it."""
    if verb not in FLOW.by_hand():
        raise Http404
    version = find_version(request, slug)
    form = MoveForm(request.POST or None, verb=verb)
    if FLOW.asks(verb):
        form.fields["note"].required = True
    return handle(
        request,
        form,
        lambda: services.move(
            version, verb, actor=request.user,
            note=form.cleaned_data["note"], due=form.cleaned_data.get("due"),
        ),
        _("Done."),
        version,
        {"title": FLOW.label(verb), "button": FLOW.label(verb), "lead": _lead(version)},
    )  # fmt: skip


def _lead(version: Version) -> str:
    return str(presenting.wording.words(version.content.get("title")).text)


@login_required
@require_POST
def comment(request: HttpRequest, slug: str) -> HttpResponse:
    version = find_version(request, slug)
    form = CommentForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write a comment of at most 4000 characters."))
        return redirect("practices:work", slug)
    try:
        services.comment(
            version, form.cleaned_data["text"], actor=request.user, field=form.cleaned_data["field"]
        )
    except NotNowError as error:
        messages.error(request, str(error))
    return redirect("practices:work", slug)


@login_required
@require_POST
def resolve(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    version = find_version(request, slug)
    found = Comment.objects.filter(pk=pk, version=version).first()
    if found is None:
        raise Http404
    services.resolve(found, actor=request.user)
    return redirect("practices:work", slug)


@login_required
@get_or_post
def reuse(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell that one's own organisation did the same."""
    practice = find_public(request, slug)
    organisations = permissions.reuse_for(request.user, practice)
    require(bool(organisations))
    initial = _told_before(practice, organisations)
    form = ReuseForm(request.POST or None, organisations=organisations, initial=initial)

    def deed() -> None:
        values = dict(form.cleaned_data)
        services.report_reuse(practice, values.pop("organisation"), values, actor=request.user)

    page = {"title": _("We did this too"), "button": _("Publish this")}
    return handle(request, form, deed, _("Thank you: others see it on this page."), practice, page)


def _told_before(practice: Practice, organisations: list[str]) -> dict[str, Any]:
    told = practice.reuses.filter(organisation__in=organisations).first()
    if told is None:
        return {}
    return {name: getattr(told, name) for name in ("organisation", "since", "outcome", "how", "language")}


@login_required
@require_POST
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer to answer questions, or stop that."""
    practice = find_public(request, slug)
    if "stop" in request.POST:
        services.stop_contact(practice, actor=request.user)
    else:
        services.offer_contact(practice, actor=request.user)
        messages.success(request, _("Thank you. Your name is shown as far as your profile may be seen."))
    return redirect(practice)
