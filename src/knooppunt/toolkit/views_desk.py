# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The desk of the hub's editors: answers and definitions from first draft to publication."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knooppunt.catalogue.contentfile import ContentError
from knooppunt.catalogue.wording import words
from knooppunt.toolkit import markup, permissions, queries, services
from knooppunt.toolkit.entryforms import LABELS as LABELS_OF
from knooppunt.toolkit.entryforms import LISTS, EntryForm, differences
from knooppunt.toolkit.forms import NoteForm
from knooppunt.toolkit.models import Entry, Version
from knooppunt.toolkit.states import FLOW, OPEN, Party, State
from knooppunt.toolkit.views import present
from knooppunt.web.forms import NotNowError, get_or_post, handle


def _editors_only(request: HttpRequest) -> None:
    if not permissions.is_editor(request.user):
        raise Http404


def _find(request: HttpRequest, kind: str, slug: str) -> tuple[Entry, Version]:
    """The entry and the version that is worked on, else the one that stands."""
    _editors_only(request)
    entry = queries.find(kind, slug) if kind in Entry.Kind.values else None
    if entry is None or entry.shown is None:
        raise Http404
    return entry, entry.open or entry.shown


@never_cache
@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits: for a second reader, for its writer, for a new look."""
    _editors_only(request)
    waiting = list(queries.waiting().prefetch_related("writers"))
    mine = {version.pk for version in waiting if request.user in version.writers.all()}
    submitted = [version for version in waiting if version.state == State.SUBMITTED]
    queues = [
        (_("Waits for you as second reader"), [v for v in submitted if v.pk not in mine]),
        (_("Waits for another reader"), [v for v in submitted if v.pk in mine]),
        (_("Drafts"), [v for v in waiting if v.state == State.DRAFT]),
        (_("Is this still right?"), list(queries.expired()[:50])),
        (_("Soon to be looked at again"), list(queries.soon()[:50])),
    ]
    context = {
        "queues": [
            (title, [_line(version) for version in versions]) for title, versions in queues if versions
        ],
        "kinds": Entry.Kind.choices,
        "withdrawn": [_line(version) for version in queries.withdrawn()[:50]],
    }
    return render(request, "toolkit/desk.html", context)


def _line(version: Version) -> dict[str, Any]:
    return {"version": version, "title": words(version.title), "entry": version.entry}


@never_cache
@login_required
@get_or_post
def begin_entry(request: HttpRequest, kind: str) -> HttpResponse:
    """Start an answer or a definition."""
    _editors_only(request)
    if kind not in queries.MODELS:
        raise Http404
    form = EntryForm(request.POST or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            version = services.start(kind, form.cleaned_data["theme"], form.document(), actor=request.user)
        except ContentError as error:
            form.add_error(None, _told(error))
        else:
            messages.success(request, _("Kept as a draft: only editors of the hub see it."))
            return redirect("toolkit:work", kind, version.entry.slug)
    title = _("Write an answer") if kind == "faq" else _("Write a definition")
    page = {"form": form, "title": title, "button": _("Start as a draft"), "cancel": "toolkit:desk"}
    return render(request, "web/form.html", page, status=422 if form.is_bound else 200)


def _told(error: ContentError) -> str:
    return " ".join(f"{problem.message} {problem.advice}" for problem in error.problems)


@never_cache
@login_required
@require_safe
def work(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """How an entry stands, what may be done now, and its versions."""
    entry, version = _find(request, kind, slug)
    context = {
        **present(version),
        "parts": [_part(version.content, language) for language in version.languages],
        "entry": entry,
        "open": version.state in OPEN,
        "buttons": [
            button
            for button in FLOW.buttons(version.state, permissions.parties(request.user, version))
            if permissions.may_move(request.user, version, button.verb)
        ],
        "alone": version.state == State.SUBMITTED
        and Party.READER not in permissions.parties(request.user, version),
        "versions": Version.objects.filter(entry=entry.pk).select_related("changed_by__profile"),
        "may_renew": version.state == State.PUBLISHED and kind == "faq",
    }
    return render(request, "toolkit/work.html", context)


def _part(content: dict[str, Any], language: str) -> dict[str, Any]:
    """All that a version says in one language."""
    short = content.get("short") or content.get("definition") or content["why"]
    with override(language):
        lists = [(str(LABELS_OF[name]), content.get(name, [])) for name in LISTS["step"]]
    return {
        "language": language,
        "title": (content.get("question") or content.get("label") or content["title"])[language],
        "short": short.get(language, ""),
        "answer": markup.as_html(content.get("answer", {}).get(language, "")),
        "also": ", ".join(content.get("also", {}).get(language, [])),
        "lists": [(label, [line[language] for line in lines if language in line]) for label, lines in lists],
        "involve": content.get("involve", {}).get(language, ""),
    }


@login_required
@require_POST
def edit_begin(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Start a new version of what stands; an open draft is gone on with."""
    entry, _version = _find(request, kind, slug)
    services.new_version(entry, actor=request.user)
    return redirect("toolkit:edit", kind, slug)


@never_cache
@login_required
@get_or_post
def edit(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Write in a draft."""
    _entry, version = _find(request, kind, slug)
    if version.state != State.DRAFT:
        messages.error(request, _("This text is not a draft: take it back, or start a new version."))
        return redirect("toolkit:work", kind, slug)
    initial = {"note": version.note, "seen": version.changed.isoformat()}
    form = EntryForm(request.POST or None, kind=kind, content=version.content, initial=initial)
    page = {
        "title": _("Write"),
        "lead": words(version.title).text,
        "button": _("Save"),
        "back": None,
        "cancel": "toolkit:desk",
    }

    def save() -> None:
        try:
            services.save(
                version, form.document(), actor=request.user,
                note=form.cleaned_data["note"], seen=form.cleaned_data["seen"],
            )  # fmt: skip
        except ContentError as error:
            raise NotNowError(_told(error)) from error
        except NotNowError:
            now = Version.objects.get(pk=version.pk)
            form.data = form.data.copy() | {"seen": now.changed.isoformat()}
            page["differences"] = differences(kind, now.content, form.document())
            raise

    target = reverse("toolkit:work", args=[kind, slug])
    return handle(request, form, save, _("Saved."), target, page, "toolkit/edit.html")


@login_required
@get_or_post
def move_entry(request: HttpRequest, kind: str, slug: str, verb: str) -> HttpResponse:
    """Make a move, with the words that go with it."""
    _entry, version = _find(request, kind, slug)
    if verb not in FLOW.by_hand():
        raise Http404
    target = reverse("toolkit:work", args=[kind, slug])
    if FLOW.asks(verb):
        page = NoteForm(request.POST or None)
        return handle(
            request, page,
            lambda: services.move(version, verb, actor=request.user, note=page.cleaned_data["note"]),
            _("Done."), target,
            {"title": FLOW.label(verb), "button": FLOW.label(verb), "lead": words(version.title).text,
             "back": None, "cancel": "toolkit:desk"},
        )  # fmt: skip
    if request.method == "POST":
        try:
            services.move(version, verb, actor=request.user)
            messages.success(request, _("Done."))
        except NotNowError as error:
            messages.error(request, str(error))
    return redirect("toolkit:desk" if verb == "drop" else target)


@login_required
@require_POST
def renew(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Say that an answer is still right: its review day moves on."""
    entry, _version = _find(request, kind, slug)
    try:
        if entry.public is None:
            raise NotNowError(_("This answer is not published."))
        services.renew(entry.public, actor=request.user)
        messages.success(request, _("Done."))
    except NotNowError as error:
        messages.error(request, str(error))
    return redirect("toolkit:work", kind, slug)


@never_cache
@login_required
@require_safe
def difference(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Two versions beside each other; without a choice the last two."""
    entry, version = _find(request, kind, slug)
    every = list(Version.objects.filter(entry=entry.pk))
    versions = {str(one.number): one for one in every}
    new = versions.get(request.GET.get("naar", ""), version)
    earlier = [one for one in every if one.number < new.number]
    old = versions.get(request.GET.get("van", ""), earlier[0] if earlier else None)
    context = {
        "entry": entry,
        "title": words(version.title),
        "versions": every,
        "old": old,
        "new": new,
        "differences": differences(kind, old.content, new.content) if old else [],
    }
    return render(request, "toolkit/difference.html", context)
