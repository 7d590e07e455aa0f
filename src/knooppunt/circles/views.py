# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of circles: which there are, one circle, taking part, and its meetings."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from knooppunt.catalogue.models import Card
from knooppunt.circles import feeds, permissions, queries, services
from knooppunt.circles.forms import CircleForm, StartForm
from knooppunt.circles.models import Circle
from knooppunt.people import services as people
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError, get_or_post, handle


def find(request: HttpRequest, slug: str) -> Circle:
    """A circle that this person may see; a private one is 404 for everyone else."""
    found = queries.find(slug)
    if found is None or not permissions.may_see_circle(request.user, found):
        raise Http404
    return found


def choices(request: HttpRequest) -> list[tuple[str, str]]:
    """The organisations where a person works, with their names."""
    language = request.LANGUAGE_CODE
    works = people.organisations(people.works_at(request.user))
    return [(o.slug, o.name_nl if language == "nl" else o.name_en) for o in works]


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The circles one can see."""
    circles = list(queries.visible(request.user).annotate(n=Count("members__organisation", distinct=True)))
    page = {
        "rows": [
            {"circle": c, "title": c.words("title"), "purpose": c.words("purpose"), "organisations": c.n}
            for c in circles
        ],
        "without": queries.challenges_without(circles),
        "is_connector": permissions.is_connector(request.user),
    }
    return render(request, "circles/overview.html", page)


@require_safe
def circle(request: HttpRequest, slug: str) -> HttpResponse:
    """One circle: what for, which organisations, what they are busy with, when they meet."""
    found = find(request, slug)
    user = request.user
    member = permissions.member_of(user, found)
    page = {
        "circle": found,
        "title": found.words("title"),
        "purpose": found.words("purpose"),
        "others": (found.source or {}).get("others", {}).get(request.LANGUAGE_CODE, ""),
        "challenge": Card.objects.filter(kind="challenge", key=found.challenge).first(),
        "taken": found.members.exists(),
        "layers": queries.layers(found),
        "around": queries.around(found),
        "questions": queries.questions(found, request.LANGUAGE_CODE, user),
        "coming": queries.coming(found),
        "past": found.meetings.filter(ends__lt=timezone.now()).order_by("-starts")[:10],
        "takes_part": member is not None,
        "feeds": feeds.addresses(found, member),
        **{
            name: permissions.may_circle(user, deed, found)
            for name, deed in (("may_change", "change"), ("may_arrange", "arrange-members"))
        },
        "may_invite": permissions.may_circle(user, "invite", found),
        "may_plan": permissions.may_circle(user, "plan-meeting", found),
    }
    return render(request, "circles/circle.html", page)


@login_required
@get_or_post
def start(request: HttpRequest) -> HttpResponse:
    """Start a circle."""
    organisations = choices(request)
    if not organisations:
        return render(request, "circles/no_organisation.html", status=403)
    form = StartForm(
        request.POST or None,
        organisations=organisations,
        initial={"language": request.LANGUAGE_CODE, "challenge": request.GET.get("opgave", "")[:80]},
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            made = services.start(values["organisation"], values, actor=request.user)
        except NotNowError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The circle is there. Plan a first meeting."))
            return redirect(made)
    page = {
        "form": form,
        "title": _("Start a circle"),
        "button": _("Start this circle"),
        "cancel": "circles:overview",
    }
    return render(request, "web/form.html", page, status=422 if form.is_bound else 200)


@never_cache
@login_required
@get_or_post
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what a circle is for; for who leads it."""
    found = find(request, slug)
    require(permissions.may_circle(request.user, "change", found))
    form = CircleForm(request.POST or None, initial={name: getattr(found, name) for name in services.FIELDS})

    def deed() -> None:
        services.change(found, form.cleaned_data, actor=request.user)

    page = {"title": _("Change this circle"), "lead": found.title, "button": _("Save")}
    return handle(request, form, deed, _("Saved."), found, page)
