# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of initiatives: two minutes to post, and what one side of a contact writes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from knooppunt.initiatives import queries
from knooppunt.initiatives.models import Route
from knooppunt.initiatives.wording import OFFERS, ORIGINS, SEEKS
from knooppunt.redaction.forms import RedactingForm

LANGUAGES = [("nl", "Nederlands"), ("en", "English")]


def _area(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea({"rows": 5})
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=4000, widget=widget
    )


def _boxes(label: Any, choices: dict[str, Any]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=list(choices.items()), required=False, widget=forms.CheckboxSelectMultiple
    )


class InitiativeForm(RedactingForm):
    """What one is starting, in two minutes."""

    read_by_others = ("title", "problem", "capacity")

    organisation = forms.ChoiceField(label=_("Organisation"))
    title = forms.CharField(label=_("What are you starting?"), max_length=200)
    problem = _area(
        _("Which problem do you want to solve?"),
        _("In your own words. Everyone can read this: name no persons."),
    )
    challenge = forms.ChoiceField(label=_("Challenge"))
    origins = _boxes(_("Where would the data come from?"), ORIGINS)
    seeks = _boxes(_("What do you seek?"), SEEKS)
    offers = _boxes(_("What can you offer others?"), OFFERS)
    capacity = forms.CharField(label=_("People and time that you have"), max_length=300, required=False)
    place = forms.CharField(label=_("Place"), max_length=100, required=False)
    language = forms.ChoiceField(label=_("Language of your text"), choices=LANGUAGES)

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = f"title_{(get_language() or 'nl')[:2]}"
        self.fields["organisation"].choices = organisations
        self.fields["challenge"].choices = [(c.key, getattr(c, field)) for c in queries.challenges()]


class PostForm(InitiativeForm):
    """The same, when it is posted: may others reach you about it?"""

    contact = forms.BooleanField(
        label=_("Others may ask me about this"),
        help_text=_(
            "Their message comes to you by mail; your address is not shown. You can stop at any time."
        ),
        required=False,
        initial=True,
    )


class NoteForm(RedactingForm):
    """The words that go with a move."""

    read_by_others = ("note",)

    def __init__(self, *args: Any, label: Any, needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"] = _area(label, required=needed)


class AskForm(RedactingForm):
    """A question to another organisation."""

    read_by_others = ("text",)

    asker = forms.ChoiceField(label=_("For which organisation do you ask?"))
    route = forms.ChoiceField(label=_("What kind of help do you ask?"), choices=Route.choices)
    text = _area(_("Your question"), _("It is mailed to them without your address. Name no other persons."))

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asker"].choices = organisations


class HelpForm(AskForm):
    """The same question, when one still has to choose whom to ask."""

    asked = forms.ChoiceField(label=_("Whom do you ask?"))
    field_order = ("asker", "route", "asked", "text")

    def __init__(self, *args: Any, others: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].choices = others


class MessageForm(RedactingForm):
    read_by_others = ("text",)

    text = _area(_("Your message"))
