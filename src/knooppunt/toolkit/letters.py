# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail of the toolkit: who has to act is told, and who waited for a decision. Never to who made the move."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import override

from knooppunt.catalogue.wording import words
from knooppunt.jobs import letters
from knooppunt.people import services as people
from knooppunt.people.roles import Role
from knooppunt.toolkit import formstates, states
from knooppunt.toolkit.models import Colleague, Form, Version
from knooppunt.toolkit.permissions import HUB_EDITORS


def tell_of_version(version: Version, verb: str, *, actor: Any, note: str = "") -> None:
    """A second reader is asked; the writers hear what became of it."""
    writers, told = set(version.writers.filter(is_active=True)), set()
    if states.Party.READER in states.FLOW.verbs[verb].tells:
        told = set(get_user_model().objects.filter(is_active=True, role__in=HUB_EDITORS)) - writers
    elif states.Party.EDITOR in states.FLOW.verbs[verb].tells:
        told = writers
    for user in _others(told, actor):
        title = words(version.title, user.language).text
        told_now = states.FLOW.label(verb), states.State(version.state).label, note
        _write(user, title, told_now, "toolkit:work", version.entry.kind, version.entry.slug)


def tell_of_form(form: Form, verb: str, *, actor: Any, note: str = "") -> None:
    """The privacy officers are asked; who began the form and who was invited to it hear the decision."""
    told: set[Any] = set()
    parties = formstates.FLOW.verbs[verb].tells
    if formstates.Party.OFFICER in parties:
        told = set(people.people_with(form.organisation, Role.PRIVACY_OFFICER))
    elif formstates.Party.TEAM in parties:
        told = {one.user for one in form.colleagues.filter(accepted__isnull=False).select_related("user")}
        told |= {form.started_by} if form.started_by is not None else set()
    for user in _others(told, actor):
        if user.is_active:
            told_now = formstates.FLOW.label(verb), formstates.FormState(form.state).label, note
            _write(user, form.title, told_now, "toolkit:form", form.pk)


def invite(colleague: Colleague) -> None:
    """Ask someone to work along, with who asks and for which organisation."""
    user, about = colleague.user, colleague.about
    organisation = people.organisation(about.organisation)
    name = (organisation.name_nl if user.language == "nl" else organisation.name_en) if organisation else ""
    with override(user.language):
        address = settings.PUBLIC_URL + reverse("toolkit:invitation", args=[colleague.pk])
        by = people.account_name(colleague.invited_by)
    context = {"title": about.title, "by": by, "organisation": name, "address": address}
    letters.write(user.email, "toolkit/mail/invited", context, user.language)


def _others(told: Iterable[Any], actor: Any) -> list[Any]:
    return sorted((user for user in told if user.pk != getattr(actor, "pk", None)), key=lambda user: user.pk)


def _write(user: Any, title: str, told: tuple[Any, Any, str], view: str, *args: Any) -> None:
    """What was done, how it stands now, and with which words; in the reader's language."""
    deed, state, note = told
    with override(user.language):
        context = {"title": title, "deed": str(deed), "state": str(state), "note": note}
        context["address"] = settings.PUBLIC_URL + reverse(view, args=args)
    letters.write(user.email, "toolkit/mail/moved", context, user.language)
