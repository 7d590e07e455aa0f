# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of contacts: asking another organisation, answering, writing, and being a contact person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from knooppunt.catalogue.models import Card
from knooppunt.catalogue.texts import showable
from knooppunt.initiatives import permissions, queries, services
from knooppunt.initiatives.contactstates import FLOW, IN_TOUCH
from knooppunt.initiatives.forms import AskForm, HelpForm, MessageForm, NoteForm
from knooppunt.initiatives.models import Contact, ContactPerson, Initiative
from knooppunt.initiatives.states import PUBLIC
from knooppunt.initiatives.views import find
from knooppunt.initiatives.wording import NEXT_STEP
from knooppunt.people import services as people
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError, get_or_post, handle
from knooppunt.web.redirects import back


def find_contact(request: HttpRequest, pk: int) -> Contact:
    """A contact of an organisation that the person speaks for; 404 for everyone else."""
    found = Contact.objects.filter(pk=pk).first()
    if found is None or not permissions.may_contact(request.user, "see", found):
        raise Http404
    return found


@never_cache
@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """My contacts, and for which of my organisations I take messages."""
    found = list(queries.contacts_of(request.user)[: queries.SHOWN])
    known = queries.names([slug for c in found for slug in (c.asker, c.asked)])
    own = set(ContactPerson.objects.filter(user=request.user).values_list("organisation", flat=True))
    works = queries.names(people.works_at(request.user))
    page = {
        "rows": [(c, known.get(c.asker), known.get(c.asked)) for c in found],
        "works": [(organisation, slug in own) for slug, organisation in works.items()],
    }
    return render(request, "initiatives/contacts.html", page)


@never_cache
@login_required
@get_or_post
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """One contact: what was asked, answered, written and agreed."""
    found = find_contact(request, pk)
    form = MessageForm(request.POST or None)
    known = queries.names([found.asker, found.asked])
    page = {
        "title": _("Contact"),
        "button": _("Send"),
        "contact": found,
        "asker": known.get(found.asker),
        "asked": known.get(found.asked),
        "about": Card.objects.filter(kind=found.about_kind, key=found.about_key).first(),
        "own": found.initiative if found.initiative and found.initiative.state in PUBLIC else None,
        "own_title": found.initiative.words("title") if found.initiative else "",
        "next_step": NEXT_STEP[found.state],
        "in_touch": found.state in IN_TOUCH,
        "texts": [(m, known.get(m.organisation)) for m in found.messages.all()],
        "buttons": FLOW.buttons(found.state, permissions.contact_parties(request.user, found)),
    }
    deed = lambda: services.write(found, form.cleaned_data["text"], actor=request.user)  # noqa: E731
    return handle(request, form, deed, _("Sent."), found, page, template="initiatives/contact.html")


@never_cache
@login_required
@get_or_post
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Answer, agree or finish."""
    found = find_contact(request, pk)
    if verb not in FLOW:
        raise Http404
    form = NoteForm(request.POST or None, label=_("Your words with it"), needed=FLOW.asks(verb))

    def deed() -> None:
        services.move_contact(found, verb, actor=request.user, note=form.cleaned_data["note"])

    page = {"title": FLOW.label(verb), "button": FLOW.label(verb)}
    return handle(request, form, deed, _("Done: the other side is told."), found, page)


def _askers(request: HttpRequest) -> list[tuple[str, str]]:
    """Organisations for which this person may ask: editors and contact persons."""
    mine = [slug for slug in people.works_at(request.user) if permissions.speaks_for(request.user, slug)]
    return queries.named(mine, request.LANGUAGE_CODE)


def _own_initiative(request: HttpRequest) -> Initiative | None:
    """The initiative of one's own for which one asks, so that what comes of it is kept with it."""
    slug = showable(request.GET.get("voor", ""))[:80]
    found = find(slug) if slug else None
    return found if found and permissions.may(request.user, "ask-for-help", found) else None


@never_cache
@login_required
@get_or_post
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Contact an organisation; nobody sees an address."""
    asked = people.organisation(slug)
    if asked is None or not services.contactable([slug]):
        raise Http404
    organisations = _askers(request)
    if not organisations:
        return render(request, "initiatives/no_organisation.html", status=403)
    kind, _colon, key = showable(request.GET.get("over", ""))[:240].partition(":")
    about = Card.objects.filter(kind=kind, key=key).first()
    own = _own_initiative(request)
    if own is not None:
        organisations = queries.named([own.organisation], request.LANGUAGE_CODE)
    form = AskForm(request.POST or None, organisations=organisations)
    name = asked.name_nl if request.LANGUAGE_CODE == "nl" else asked.name_en
    page: dict[str, Any] = {
        "title": _("Contact %(name)s") % {"name": name},
        "lead": about.in_language("title", request.LANGUAGE_CODE)[0] if about else "",
        "button": _("Send"),
    }

    def deed() -> None:
        values = form.cleaned_data
        services.ask(
            values["asker"], slug, values["text"], actor=request.user, route=values["route"],
            about=(about.kind, about.key) if about else ("", ""), initiative=own,
        )  # fmt: skip

    return handle(request, form, deed, _("Sent. You get mail when they answer."), asked, page)


@never_cache
@login_required
@get_or_post
def ask_help(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for help with one's initiative: the same question, to whom one chooses."""
    found = find(slug)
    require(permissions.may(request.user, "ask-for-help", found))
    own = queries.named([found.organisation], request.LANGUAGE_CODE)
    others = queries.askable(found.organisation, request.LANGUAGE_CODE)
    form = HelpForm(request.POST or None, organisations=own, others=others, initial={"text": found.problem})

    def deed() -> None:
        values = form.cleaned_data
        services.ask(
            found.organisation, values["asked"], values["text"], actor=request.user,
            about=("initiative", found.slug), initiative=found, route=values["route"],
        )  # fmt: skip

    page = {
        "title": _("Ask for help"),
        "button": _("Send"),
        "others": others,
    }
    sent = _("Sent. You get mail when they answer.")
    return handle(request, form, deed, sent, found, page, "initiatives/help.html")


@login_required
@require_POST
def contact_person(request: HttpRequest, slug: str) -> HttpResponse:
    """Take messages for one's organisation, or stop."""
    if people.organisation(slug) is None:
        raise Http404
    try:
        if request.POST.get("stop"):
            services.stop_contact(slug, actor=request.user)
            messages.success(request, _("Stopped: nobody can write to you here any more."))
        else:
            services.be_contact(slug, actor=request.user)
            messages.success(request, _("Messages for this organisation come to you by mail."))
    except NotNowError as error:
        messages.error(request, str(error))
    return back(request, "initiatives:contacts")
