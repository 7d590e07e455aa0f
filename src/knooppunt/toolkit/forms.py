# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms: begin a form or plan, answer a section of an instrument, note a step, propose a practice."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from knooppunt.catalogue.models import Card
from knooppunt.catalogue.wording import words
from knooppunt.people import services as people
from knooppunt.toolkit.answering import LONGEST
from knooppunt.toolkit.models import PlanCard
from knooppunt.toolkit.papers import shown_answer


def organisation_choices(slugs: list[str]) -> list[tuple[str, str]]:
    return [(o.slug, o.name_nl) for o in people.organisations(slugs)]


class BeginForm(forms.Form):
    """What a form or plan is about, and for which organisation."""

    title = forms.CharField(label=gettext_lazy("What is it about?"), max_length=200)
    organisation = forms.ChoiceField(label=gettext_lazy("For which organisation?"))

    def __init__(self, *args: Any, organisations: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = organisation_choices(organisations)


class SectionForm(forms.Form):
    """The questions of one section that are asked now; every answer may wait."""

    def __init__(self, *args: Any, questions: list[dict[str, Any]], answers: dict[str, Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for question in questions:
            answer = answers.get(question["id"], "")
            self.fields[question["id"]] = field = _field(question, answer)
            self.initial[question["id"]] = bool(answer) if question["kind"] == "sign" else answer
            if question["kind"] == "file":
                self.initial[question["id"]] = Kept(answer["name"]) if answer else None
            field.part = words(question.get("part")).text
            field.more = [more | {"title": words(more["title"])} for more in question.get("more", [])]


class Kept(str):
    """The name of a file that was given before, as the file widget shows it."""

    url = "#"


def _field(question: dict[str, Any], answer: Any) -> forms.Field:
    common = {
        "label": words(question["text"]).text,
        "help_text": words(question.get("help")).text,
        "required": False,
    }
    choices = [(option["value"], words(option["label"]).text) for option in question.get("options", [])]
    match question["kind"]:
        case "choice":
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
        case "multiple":
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
        case "number":
            return forms.DecimalField(max_digits=15, decimal_places=3, **common)
        case "date":
            return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **common)
        case "confirm":
            return forms.BooleanField(**common)
        case "sign":
            signed = shown_answer(question, answer) or gettext("Tick this to sign in your own name, today.")
            return forms.BooleanField(**common | {"help_text": signed})
        case "file":
            return forms.FileField(max_length=300, **common)
    return forms.CharField(max_length=LONGEST, widget=forms.Textarea({"rows": 4}), **common)


class NoteForm(forms.Form):
    """Why: for a move that needs it."""

    note = forms.CharField(label=gettext_lazy("Why?"), max_length=4000, widget=forms.Textarea({"rows": 3}))


class InviteForm(forms.Form):
    """Whom to ask, by the address that their account has."""

    email = forms.EmailField(
        label=gettext_lazy("Email address of your colleague"), max_length=254,
        help_text=gettext_lazy("It is used for this letter only, and shown to nobody."),
    )  # fmt: skip


class StepForm(forms.Form):
    """What a team notes on a step."""

    done = forms.BooleanField(label=gettext_lazy("We did this step"), required=False)
    note = forms.CharField(
        label=gettext_lazy("What we decided and found"), required=False, max_length=8000,
        widget=forms.Textarea({"rows": 5}),
    )  # fmt: skip


class AttachForm(forms.Form):
    """A card of this site by its address, and why."""

    address = forms.CharField(
        label=gettext_lazy("Address of a page on this site"), max_length=500,
        help_text=gettext_lazy("Copy it from the bar of your browser."),
    )  # fmt: skip
    reason = forms.CharField(label=PlanCard._meta.get_field("reason").verbose_name, max_length=300)

    def clean_address(self) -> Card:
        """The card of the page with this address, in either language."""
        path = self.cleaned_data["address"].split("://")[-1].split("?")[0].split("#")[0]
        url = "/" + path.partition("/")[2].removeprefix("nl/").removeprefix("en/")
        card = Card.objects.filter(url=url).first()
        if card is None:
            raise forms.ValidationError(gettext_lazy("There is no such page here: copy the whole address."))
        return card


class ProposeForm(forms.Form):
    """What a practice needs beside the title of the plan."""

    summary = forms.CharField(label=gettext_lazy("What came of it, in one sentence?"), max_length=400)
    challenges = forms.MultipleChoiceField(
        label=gettext_lazy("Which challenges is it about?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cards = Card.objects.filter(kind="challenge").order_by("title_nl")
        self.fields["challenges"].choices = [(c.key, c.in_language("title", language)[0]) for c in cards]
