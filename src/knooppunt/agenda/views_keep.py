# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages to keep an agenda of one's own: start it, fill it, publish it, go on to the next edition."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.agenda import permissions, policies, services
from knooppunt.agenda.forms import ActionForm, NextEditionForm, StartForm, UploadForm
from knooppunt.agenda.models import Edition, Owner
from knooppunt.agenda.states import FLOW
from knooppunt.agenda.views import find_action, find_edition
from knooppunt.agenda.views_report import handle
from knooppunt.catalogue.contentfile import ContentError
from knooppunt.web.answers import require
from knooppunt.web.forms import get_or_post


@login_required
@get_or_post
def start(request: HttpRequest) -> HttpResponse:
    """Start the agenda of one's own organisation."""
    require(permissions.may_keep_an_agenda(request.user))
    knows_name = Owner.objects.filter(slug=permissions.kept_by(request.user)).exists()
    form = StartForm(request.POST or None, knows_name=knows_name)
    if request.method == "POST" and form.is_valid():
        try:
            edition = services.start_agenda(actor=request.user, **{"name": "", **form.cleaned_data})
        except services.NotNowError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your agenda is started as a draft: only your organisation sees it."))
            return redirect(edition)
    page = {"form": form, "title": _("Start your own agenda"), "button": _("Start as a draft")}
    return render(request, "agenda/form.html", page, status=422 if form.is_bound else 200)


@login_required
@get_or_post
def upload(request: HttpRequest) -> HttpResponse:
    """Write an own edition from a content file; problems are shown with their line."""
    require(permissions.may_keep_an_agenda(request.user))
    form = UploadForm(request.POST or None, request.FILES or None)
    problems = []
    if request.method == "POST" and form.is_valid():
        name = request.FILES["file"].name
        try:
            edition = services.upload(name, form.cleaned_data["file"], actor=request.user)
        except ContentError as error:
            problems = error.problems
        except services.NotNowError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The file is read and the agenda is up to date."))
            return redirect(edition)
    page = {"form": form, "problems": problems, "organisation": permissions.kept_by(request.user)}
    return render(request, "agenda/upload.html", page, status=422 if form.is_bound else 200)


@login_required
@get_or_post
def new_action(request: HttpRequest, edition: str) -> HttpResponse:
    found = _kept(request, edition)
    initial = {"start": timezone.localdate().year, "follows_up": request.GET.getlist("volgt")[:20]}
    form = ActionForm(request.POST or None, edition=found, initial=initial)
    return handle(
        request,
        form,
        lambda: services.add_action(
            found, actor=request.user, values=form.values(), follows_up=list(form.cleaned_data["follows_up"])
        ),
        _("The action is added."),
        found,
        {"edition": found, "title": _("Add an action"), "button": _("Add this action")},
    )


@login_required
@get_or_post
def change_action(request: HttpRequest, edition: str, number: str) -> HttpResponse:
    found = _kept(request, edition)
    action = find_action(request, edition, number)
    form = ActionForm(request.POST or None, edition=found, action=action)
    return handle(
        request,
        form,
        lambda: services.change_action(
            action, actor=request.user, values=form.values(), follows_up=list(form.cleaned_data["follows_up"])
        ),
        _("The action is changed."),
        action,
        {"edition": found, "action": action, "title": _("Change this action"), "button": _("Save")},
    )


def _kept(request: HttpRequest, key: str) -> Edition:
    """An edition that this person keeps and that is open, else 403 or back with the reason."""
    found = find_edition(request, key)
    require(permissions.may_keep(request.user, found) and policies.can_edit(found))
    return found


@login_required
@require_POST
def remove_action(request: HttpRequest, edition: str, number: str) -> HttpResponse:
    found = find_action(request, edition, number)
    try:
        services.remove_action(found, actor=request.user)
    except services.NotNowError as error:
        messages.error(request, str(error))
        return redirect(found)
    messages.success(request, _("The action is removed."))
    return redirect(found.edition)


@login_required
@require_POST
def move(request: HttpRequest, edition: str, verb: str) -> HttpResponse:
    """Publish, close, reopen or withdraw an edition."""
    found = find_edition(request, edition)
    if verb not in FLOW:
        raise Http404
    try:
        services.move(found, verb, actor=request.user)
    except services.NotNowError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Done. What anyone sees is up to date."))
    return redirect(found)


@login_required
@get_or_post
def next_edition(request: HttpRequest, edition: str) -> HttpResponse:
    found = find_edition(request, edition)
    require(permissions.may_keep(request.user, found) and not found.agenda.national)
    form = NextEditionForm(request.POST or None, initial={"year": timezone.localdate().year + 1})
    if request.method == "POST" and form.is_valid():
        try:
            draft = services.next_edition(found, actor=request.user, year=form.cleaned_data["year"])
        except services.NotNowError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The next edition is a draft, with the actions that go on."))
            return redirect(draft)
    page = {"form": form, "edition": found, "back": found}
    page |= {"title": _("Start the next edition"), "button": _("Make the draft")}
    return render(request, "agenda/form.html", page, status=422 if form.is_bound else 200)
