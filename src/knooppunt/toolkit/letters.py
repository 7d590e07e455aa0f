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
from knooppunt.flow import letters
from knooppunt.jobs import letters as mail
from knooppunt.people import services as people
from knooppunt.people.roles import Role
from knooppunt.toolkit import formstates, states
from knooppunt.toolkit.models import Colleague, Form, Version
from knooppunt.toolkit.permissions import HUB_EDITORS


def tell_of_version(version: Version, verb: str, *, actor: Any, note: str = "") -> None:
    """A second reader is asked; the writers hear what became of it."""

    def addressees(party: Any) -> Iterable[Any]:
        writers = set(version.writers.all())
        if party == states.Party.EDITOR:
            return writers
        return set(get_user_model().objects.filter(is_active=True, role__in=HUB_EDITORS)) - writers

    letters.tell(
        states.FLOW, verb, version.state, addressees, title=lambda: words(version.title).text,
        address=lambda: reverse("toolkit:work", args=[version.entry.kind, version.entry.slug]),
        actor=actor, note=note,
    )  # fmt: skip


def tell_of_form(form: Form, verb: str, *, actor: Any, note: str = "") -> None:
    """The privacy officers are asked; who began the form and who was invited to it hear the decision."""

    def addressees(party: Any) -> Iterable[Any]:
        if party == formstates.Party.OFFICER:
            return people.people_with(form.organisation, Role.PRIVACY_OFFICER)
        if party == formstates.Party.TEAM:
            return [form.started_by] if form.started_by is not None else []
        joined = form.colleagues.filter(accepted__isnull=False).select_related("user")
        return [one.user for one in joined]

    letters.tell(
        formstates.FLOW, verb, form.state, addressees, title=lambda: form.title,
        address=form.get_absolute_url, actor=actor, note=note,
    )  # fmt: skip


def invite(colleague: Colleague) -> None:
    """Ask someone to work along, with who asks and for which organisation."""
    user, about = colleague.user, colleague.about
    organisation = people.organisation(about.organisation)
    name = (organisation.name_nl if user.language == "nl" else organisation.name_en) if organisation else ""
    with override(user.language):
        address = settings.PUBLIC_URL + reverse("toolkit:invitation", args=[colleague.pk])
        by = people.account_name(colleague.invited_by)
    context = {"title": about.title, "by": by, "organisation": name, "address": address}
    mail.write(user.email, "toolkit/mail/invited", context, user.language)
