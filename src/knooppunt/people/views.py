# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Organisations and people as everyone sees them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knooppunt.catalogue.kinds import kinds
from knooppunt.catalogue.models import Card
from knooppunt.catalogue.texts import showable
from knooppunt.people import accounts, api, organisationpage, permissions, profiles, queries
from knooppunt.people.alike import alike
from knooppunt.people.cards import TOOI, TOOI_KINDS, person
from knooppunt.people.demo import PERSONAS
from knooppunt.people.forms import ContactForm, DemoSignInForm, DirectoryForm
from knooppunt.people.models import Consent, Expertise, Organisation
from knooppunt.web.csvfile import download_csv
from knooppunt.web.forms import get_or_post, handle
from knooppunt.web.redirects import back
from knooppunt.web.views import is_loopback

PAGE_SIZE = 50
MOST_PER_KIND = 10


def demo_allowed(request: HttpRequest) -> bool:
    """Demo sign-in needs demo mode and a direct request from this machine."""
    return settings.DEMO and is_loopback(request)


class SignIn(LoginView):
    """allauth's sign-in, with the demo's personas and the identity providers of this hub."""

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)
        form.fields["login"].label = _("E-mail address or account name")
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        personas = list(PERSONAS.items()) if demo_allowed(self.request) else []
        providers = [
            {"name": app.name, "address": reverse("openid_connect_login", args=[app.provider_id])}
            for app in get_adapter().list_apps(self.request)
        ]
        return super().get_context_data(**kwargs, demo_personas=personas, providers=providers)


@never_cache
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    if not demo_allowed(request):
        raise Http404
    form = DemoSignInForm(request.POST)
    if not form.is_valid():
        return redirect(settings.LOGIN_URL)
    user = accounts.demo_account(form.cleaned_data["role"], request.LANGUAGE_CODE)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return back(request, settings.LOGIN_REDIRECT_URL)


def _find(wanted: dict[str, str]) -> QuerySet[Organisation]:
    found = queries.organisations()
    if wanted["kind"]:
        found = found.filter(kind=wanted["kind"])
    if text := showable(wanted["q"]).strip():
        matching = Q(place__icontains=text) | Q(code__iexact=text) | Q(oin=text)
        found = found.filter(Q(name_nl__icontains=text) | Q(name_en__icontains=text) | matching)
    return found


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """All organisations, to look through and to filter."""
    form = DirectoryForm(request.GET)
    wanted = form.wanted()
    page = Paginator(_find(wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    parameters = request.GET.copy()
    parameters.pop("page", None)
    shown = {"form": DirectoryForm(initial=wanted), "page": page, "parameters": parameters.urlencode()}
    return render(request, "people/organisations.html", shown)


@require_safe
def organisations_csv(request: HttpRequest) -> HttpResponse:
    """The same list as a file, with identifiers and public figures."""
    found = _find(DirectoryForm(request.GET).wanted())
    return download_csv(request, api.table(request.LANGUAGE_CODE, found), "organisaties.csv")


def activities(slug: str) -> list[dict[str, Any]]:
    """What an organisation does here: its public cards by kind, newest first, with how many there are."""
    cards = (
        Card.objects.filter(facets__facet="organisation", facets__code=slug)
        .exclude(kind__in=("organisation", "person"))
        .order_by("-updated")
    )
    counted = Counter(cards.order_by().values_list("kind", flat=True))
    return [
        {"kind": kinds[name], "number": number, "cards": cards.filter(kind=name)[:MOST_PER_KIND]}
        for name, number in counted.most_common()
        if name in kinds
    ]


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: who it is, what it does here, who can be found there, and which are like it."""
    found = get_object_or_404(queries.organisations(), slug=slug)
    doing = activities(slug)
    shown = {
        "organisation": found,
        "parts": organisationpage.parts(found, request.user),
        "activities": doing,
        "members": queries.visible_members(found),
        "alike": alike(found),
        "claimed": queries.is_claimed(found),
        "successions": found.successions.select_related("successor"),
        "predecessions": found.predecessions.select_related("predecessor"),
        "may_manage": permissions.may(request.user, "see-members", found),
        "my_roles": queries.roles_of(request.user).get(slug, set()),
        "tooi": f"{TOOI}/{TOOI_KINDS[found.kind]}/{found.code}" if found.kind in TOOI_KINDS else "",
    }
    return render(request, "people/organisation.html", shown)


@require_safe
def person_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """A person, as far as the person lets everyone see."""
    found = person(public_id)
    if found is None:
        raise Http404
    expertise = list(found.expertise.all())
    shown = {
        "person": found,
        "shown": queries.shown(found),
        "offered": [e for e in expertise if e.direction == Expertise.Direction.OFFERED],
        "sought": [e for e in expertise if e.direction == Expertise.Direction.SOUGHT],
        "organisations": queries.organisations(queries.roles_of(found)),
    }
    return render(request, "people/person.html", shown)


@login_required
@get_or_post
def contact(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send a person a message through the hub."""
    found = person(public_id)
    if found is None or Consent.Field.CONTACT not in queries.shown(found):
        raise Http404
    form = ContactForm(request.POST or None)
    return handle(
        request,
        form,
        lambda: profiles.contact(found, form.cleaned_data["message"], actor=request.user),
        _("Your message is on its way. The answer comes to you by mail."),
        "people:organisations",
        {
            "title": _("Message to %(name)s") % {"name": found.profile.name},
            "button": _("Send"),
            "back": None,
        },
    )
