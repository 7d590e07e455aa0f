# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""One's own profile: change it, download all that is kept, erase it."""

from __future__ import annotations

import json

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from knooppunt.people import accounts, profiles, queries
from knooppunt.people.forms import EraseForm, ProfileForm
from knooppunt.people.roles import Role
from knooppunt.web import navigation
from knooppunt.web.csvfile import download
from knooppunt.web.forms import get_or_post, handle


@never_cache
@login_required
@get_or_post
def profile(request: HttpRequest) -> HttpResponse:
    """What I tell, what everyone sees of it, and my roles."""
    user = request.user
    form = ProfileForm(request.POST or None, initial=ProfileForm.of(user, profiles.profile_of(user)))
    held = queries.roles_of(user)
    names = {o.slug: o for o in queries.organisations(held)}
    roles = [(names[slug], [Role(role).label for role in sorted(held[slug])]) for slug in held]
    return handle(
        request,
        form,
        lambda: profiles.tell(user, actor=user, **form.told()),
        _("Saved. What you ticked is public from now on; the rest is not."),
        "people:profile",
        {
            "title": _("My profile"),
            "button": _("Save"),
            "roles": roles,
            "back": None,
            "work": navigation.personal(user),
        },
        "people/profile.html",
    )


@login_required
@require_POST
def own_data(request: HttpRequest) -> HttpResponse:
    """All that the hub keeps of me, as a file. POST, because it is written in the audit trail."""
    text = json.dumps(accounts.export(request.user), ensure_ascii=False, indent=2)
    response = download(text, "application/json; charset=utf-8", "knooppunt-mijn-gegevens.json")
    response["Cache-Control"] = "no-store"
    return response


@never_cache
@login_required
@get_or_post
def erase(request: HttpRequest) -> HttpResponse:
    """Erase my account, after typing the word."""
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = request.user
        logout(request)
        accounts.erase(user, actor=user)
        messages.success(request, _("Your account is erased."))
        return redirect("catalogue:home")
    status = 422 if form.is_bound else 200
    return render(request, "people/erase.html", {"form": form, "cancel": "people:profile"}, status=status)
