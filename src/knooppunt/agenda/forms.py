# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms: report, review, money, effect, and keeping an agenda of one's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from knooppunt.agenda import queries
from knooppunt.agenda.models import Action
from knooppunt.agenda.states import Status
from knooppunt.catalogue.contentfile import SIZE

LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]


def _language() -> str:
    return (get_language() or "nl")[:2]


def _date_field(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
    )


class ProgressForm(forms.Form):
    """How far is it, since when, and where can others see that."""

    status = forms.ChoiceField(label=_("How far is the action?"), choices=Status.choices)
    moment = _date_field(_("Date"), _("The day that this was so."))
    text = forms.CharField(
        label=_("What happened?"),
        help_text=_("Say in a few sentences what was done, and what was not."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    language = forms.ChoiceField(label=_("You write in"), choices=LANGUAGES, initial=_language)
    evidence = forms.CharField(
        label=_("Evidence: what is it?"),
        help_text=_("For example: report, decision of the council, website."),
        max_length=300,
        required=False,
    )
    evidence_url = forms.URLField(
        label=_("Evidence: public address"), max_length=500, required=False, assume_scheme="https"
    )

    def columns(self) -> dict[str, Any]:
        """Arguments for `services.report_progress`."""
        data, language = self.cleaned_data, self.cleaned_data["language"]
        return {
            "status": data["status"],
            "moment": data["moment"],
            "text": {f"text_{language}": data["text"]},
            "evidence": {f"evidence_{language}": data["evidence"], "evidence_url": data["evidence_url"]},
        }


class ReviewForm(forms.Form):
    """What the evidence shows, whatever the owner says."""

    status = forms.ChoiceField(label=_("What does the evidence show?"), choices=Status.choices)
    note = forms.CharField(
        label=_("Why?"),
        help_text=_("Say which evidence you looked at, and what it does not show."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    language = forms.ChoiceField(label=_("You write in"), choices=LANGUAGES, initial=_language)


def _amount_field(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=_("Leave empty when you do not know yet."),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
        localize=True,
    )


class MoneyForm(forms.Form):
    """What was committed and what was spent; empty is not zero."""

    committed = _amount_field(_("Committed"))
    spent = _amount_field(_("Spent"))


class EffectForm(forms.Form):
    value = forms.DecimalField(label=_("Measured value"), max_digits=16, decimal_places=3, localize=True)
    moment = _date_field(_("Date of the measurement"))


class StartForm(forms.Form):
    """An organisation's own agenda, in one language."""

    name = forms.CharField(label=_("Name of your organisation"), max_length=200)
    title = forms.CharField(label=_("Title of the agenda"), max_length=200)
    language = forms.ChoiceField(label=_("You write in"), choices=LANGUAGES, initial=_language)
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100)

    def __init__(self, *args: Any, knows_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = timezone.localdate().year
        if knows_name:
            del self.fields["name"]


class NextEditionForm(forms.Form):
    year = forms.IntegerField(label=_("Year of the next edition"), min_value=1990, max_value=2100)


class UploadForm(forms.Form):
    file = forms.FileField(label=_("Content file (YAML)"))

    def clean_file(self) -> bytes:
        upload = self.cleaned_data["file"]
        if upload.size > SIZE:
            raise forms.ValidationError(_("The file is too large."))
        return upload.read()


class ActionForm(forms.Form):
    """An own action, in the language of the edition, with the actions elsewhere that it follows up."""

    title = forms.CharField(label=_("What will you do?"), max_length=200)
    description = forms.CharField(
        label=_("Description"),
        help_text=_("Who does it, for whom, and when is it done?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    start = forms.IntegerField(label=_("Start year"), min_value=1990, max_value=2100)
    end = forms.IntegerField(
        label=_("End year"),
        help_text=_("Leave empty when there is no end year."),
        min_value=1990,
        max_value=2100,
        required=False,
    )
    tentative = forms.BooleanField(label=_("Not certain yet"), required=False)
    follows_up = forms.ModelMultipleChoiceField(
        label=_("Which actions of other agendas does it follow up?"),
        queryset=Action.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, edition: Any, action: Action | None = None, **kwargs: Any) -> None:
        self.language = "nl" if edition.title_nl else "en"
        if action is not None:
            kwargs["initial"] = self._initial(action)
        super().__init__(*args, **kwargs)
        field = self.fields["follows_up"]
        field.queryset = queries.actions().exclude(edition=edition).order_by("edition__key", "position")
        field.label_from_instance = lambda a: f"{a.edition.key} {a.number}: {a.title_nl or a.title_en}"

    def _initial(self, action: Action) -> dict[str, Any]:
        return {
            "title": getattr(action, f"title_{self.language}"),
            "description": getattr(action, f"description_{self.language}"),
            "start": action.start,
            "end": action.end,
            "tentative": action.tentative,
            "follows_up": [other.pk for other in action.contributes_to.all()],
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("end") and data.get("start") and data["end"] < data["start"]:
            self.add_error("end", _("The end year is before the start year: change one of the two."))
        return data

    def values(self) -> dict[str, Any]:
        """Arguments for `services.add_action` and `services.change_action`."""
        data = self.cleaned_data
        texts = {f"{name}_{self.language}": data[name] for name in ("title", "description")}
        return {**texts, **{name: data[name] for name in ("start", "end", "tentative")}}
