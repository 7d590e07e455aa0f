# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a privacy officer sees: what the organisation runs, what waits, and lines for article 30."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from knooppunt.catalogue.wording import words
from knooppunt.people import services as people
from knooppunt.people.roles import Role
from knooppunt.toolkit import answering
from knooppunt.toolkit.formstates import FormState
from knooppunt.toolkit.models import Form
from knooppunt.toolkit.papers import shown_answer

COLUMNS = ("purpose", "ground", "subjects", "data", "recipients", "transfer", "retention", "security")


def officer_for(user: Any) -> list[str]:
    """The organisations whose privacy officer this is."""
    return [slug for slug, roles in people.roles_of(user).items() if Role.PRIVACY_OFFICER in roles]


def forms_for_officer(user: Any) -> QuerySet[Form]:
    """What the organisation runs, newest first."""
    found = Form.objects.filter(organisation__in=officer_for(user))
    return found.select_related("version__instrument")


def forms_waiting(user: Any) -> QuerySet[Form]:
    """What waits for this privacy officer to sign or refuse, the longest waiting first."""
    return forms_for_officer(user).filter(state=FormState.SUBMITTED).order_by("changed", "pk")


def register_lines(user: Any) -> Iterator[list[str]]:
    """A heading, then a line per form that tells of a processing; empty is what was not answered."""
    yield [
        *(_("Organisation"), _("Processing"), _("Purpose"), _("Ground"), _("People"), _("Data")),
        *(_("Recipients"), _("Outside the EEA"), _("Kept for"), _("Protection"), _("State")),
    ]
    for form in forms_for_officer(user).order_by("organisation", "pk"):
        content = form.content
        asked = answering.visible(content, form.answers)
        told = {
            q["register"]: shown_answer(q, form.answers.get(q["id"]))
            for q in answering.questions(content)
            if "register" in q and q["id"] in asked
        }
        if "purpose" in told:
            cells = [told.get(column, "") for column in COLUMNS]
            title = words(content["title"]).text
            yield [form.organisation, f"{title}: {form.title}", *cells, str(FormState(form.state).label)]
