# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of circles, meetings and introductions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from knooppunt.catalogue.models import Card
from knooppunt.redaction.forms import RedactingForm

LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
MOMENT = {"type": "datetime-local"}


def _area(label: Any, *, required: bool = True, most: int = 4000) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=most, widget=forms.Textarea({"rows": 5})
    )


class OrganisationForm(forms.Form):
    organisation = forms.ChoiceField(label=_("Organisation"))

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = organisations


class CircleForm(RedactingForm):
    """What a circle is for."""

    read_by_others = ("title", "purpose")

    title = forms.CharField(label=_("Name of the circle"), max_length=200)
    purpose = _area(_("What is it for?"))
    challenge = forms.ChoiceField(label=_("Challenge"))
    elsewhere = forms.URLField(
        label=_("Where the group already talks"), max_length=300, required=False, assume_scheme="https"
    )
    private = forms.BooleanField(
        label=_("By invitation only: nobody else can see this circle"), required=False
    )
    language = forms.ChoiceField(label=_("Language of your text"), choices=LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = f"title_{(get_language() or 'nl')[:2]}"
        challenges = Card.objects.filter(kind="challenge").order_by("title_nl")
        self.fields["challenge"].choices = [(c.key, getattr(c, field)) for c in challenges]


class StartForm(CircleForm, OrganisationForm):
    """The same, when it is started: for which organisation?"""

    field_order = ("organisation",)


class MeetingForm(RedactingForm):
    read_by_others = ("title", "agenda")

    title = forms.CharField(label=_("Subject"), max_length=200)
    starts = forms.DateTimeField(label=_("Begins"), widget=forms.DateTimeInput(MOMENT, "%Y-%m-%dT%H:%M"))
    ends = forms.DateTimeField(label=_("Ends"), widget=forms.DateTimeInput(MOMENT, "%Y-%m-%dT%H:%M"))
    place = forms.CharField(label=_("Place, or address to take part online"), max_length=200)
    places = forms.IntegerField(
        label=_("Number of places"),
        help_text=_("Leave it open when there is room for all who come."),
        min_value=1,
        max_value=1000,
        required=False,
    )
    agenda = _area(_("Agenda"), required=False)
    cancelled = forms.BooleanField(label=_("This meeting is cancelled"), required=False)


class NotesForm(RedactingForm):
    read_by_others = ("notes",)

    notes = _area(_("Notes"), most=10_000)


class ProposeForm(RedactingForm):
    read_by_others = ("reason",)

    reason = _area(_("Why should they meet?"), most=2000)
