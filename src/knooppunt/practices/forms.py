# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms: start a practice, write in it, move it, say something of it, tell that one did the same."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from knooppunt.catalogue.texts import showable
from knooppunt.practices import naming, queries, wording
from knooppunt.practices.models import Reuse

LANGUAGES = [("nl", gettext_lazy("Dutch")), ("en", gettext_lazy("English"))]
LINE, TEXT = 400, 8000
HELP = {
    "problem": gettext_lazy("What went wrong, for whom, and what did you want to change?"),
    "approach": gettext_lazy("What did you do, in which steps, and with whom?"),
    "legal_ground": gettext_lazy("On which law or agreement may the data be used? Who checked that?"),
    "capacity": gettext_lazy("How many people, with which skills, for how long?"),
    "cost": gettext_lazy("What did it cost to make, and what does it cost a year?"),
    "result": gettext_lazy("What changed? Give numbers where you have them."),
    "evidence": gettext_lazy("Where can others see that: a report, a measurement, a decision?"),
    "failed": gettext_lazy("What did not work, or cost more than it gave? Others learn most from this."),
    "again": gettext_lazy("What would you do again, and what would you do first?"),
}


def _language() -> str:
    return (get_language() or "nl")[:2]


def _challenge_choices() -> list[tuple[str, str]]:
    language = _language()
    return [(card.key, card.in_language("title", language)[0]) for card in queries.challenges()]


def _line(label: Any, help_text: Any = "", required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=LINE)


class StartForm(forms.Form):
    """The least a practice needs to be started."""

    title = _line(wording.LABELS["title"], gettext_lazy("What did you do, in a few words?"))
    summary = _line(wording.LABELS["summary"], gettext_lazy("For someone who has the same problem."))
    challenges = forms.MultipleChoiceField(
        label=gettext_lazy("Which challenges is it about?"), widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=gettext_lazy("You write in"), choices=LANGUAGES, initial=_language)
    organisation = forms.ChoiceField(label=gettext_lazy("You write for"))

    def __init__(self, *args: Any, organisations: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["challenges"].choices = _challenge_choices()
        names = queries.names(organisations)
        self.fields["organisation"].choices = [
            (slug, naming.name(names[slug]) if slug in names else slug) for slug in organisations
        ]

    def content(self) -> dict[str, Any]:
        """The document of the first version."""
        data, language = self.cleaned_data, self.cleaned_data["language"]
        return {
            "title": {language: showable(data["title"])},
            "summary": {language: showable(data["summary"])},
            "organisations": {"lead": [data["organisation"]]},
            "challenges": data["challenges"],
            "stage": "not_reported",
        }


class PracticeForm(forms.Form):
    """All of the template, in one language; what is left empty is shown as 'not reported'."""

    title = _line(wording.LABELS["title"])
    summary = _line(wording.LABELS["summary"])
    challenges = forms.MultipleChoiceField(
        label=wording.LABELS["challenges"], widget=forms.CheckboxSelectMultiple
    )
    partners = forms.CharField(
        label=gettext_lazy("With which organisations?"),
        help_text=gettext_lazy("One on a line, by name: Gemeente Breda. The hub knows all governments."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    others = _line(
        gettext_lazy("And with whom else?"),
        gettext_lazy("Partners that are no organisation in the hub, in a few words. No names of persons."),
        required=False,
    )
    stage = forms.ChoiceField(label=wording.LABELS["stage"], choices=list(wording.STAGES.items()))
    place = forms.CharField(
        label=wording.LABELS["place"],
        help_text=gettext_lazy("Leave it empty when it is where your organisation is."),
        required=False,
        max_length=100,
    )
    starter_fit = forms.ChoiceField(
        label=wording.LABELS["starter"],
        choices=[("", wording.STAGES["not_reported"]), *wording.FITS.items()],
        required=False,
    )
    starter_why = forms.CharField(
        label=gettext_lazy("Why is it, or is it not?"),
        required=False,
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    note = forms.CharField(
        label=gettext_lazy("What did you change?"),
        help_text=gettext_lazy("One sentence for the public history."),
        required=False,
        max_length=300,
    )
    review_months = forms.TypedChoiceField(
        label=gettext_lazy("When shall we ask you whether it is still right?"),
        choices=[
            (6, gettext_lazy("after half a year")),
            (12, gettext_lazy("after a year")),
            (24, gettext_lazy("after two years")),
        ],
        coerce=int,
        initial=12,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    ORDER = (
        *("title", "summary", "challenges", "stage", "partners", "others", "place"),
        *(*wording.TEXTS, "starter_fit", "starter_why", "note", "review_months", "seen"),
    )

    def __init__(self, *args: Any, content: dict[str, Any], language: str, **kwargs: Any) -> None:
        self.content, self.language = content, language
        initial = kwargs.pop("initial", {})
        super().__init__(*args, initial={**self._initial(), **initial}, **kwargs)
        self.fields["challenges"].choices = _challenge_choices()
        for field in wording.TEXTS:
            self.fields[field] = forms.CharField(
                label=wording.LABELS[field],
                help_text=HELP[field],
                required=False,
                max_length=TEXT,
                widget=forms.Textarea(attrs={"rows": 5}),
            )
            self.initial.setdefault(field, self._text(content.get(field)))
        self.order_fields(self.ORDER)

    def _text(self, value: dict[str, str] | None) -> str:
        return (value or {}).get(self.language, "")

    def _initial(self) -> dict[str, Any]:
        content = self.content
        named = content.get("organisations", {})
        return {
            "title": self._text(content.get("title")),
            "summary": self._text(content.get("summary")),
            "challenges": content.get("challenges", []),
            "partners": naming.as_lines(named.get("partners", [])),
            "others": self._text(named.get("others")),
            "stage": content.get("stage", "not_reported"),
            "place": content.get("place", {}).get("name", ""),
            "starter_fit": content.get("starter", {}).get("fit", ""),
            "starter_why": self._text(content.get("starter", {}).get("why")),
        }

    def clean_partners(self) -> list[str]:
        slugs, problems = naming.from_lines(self.cleaned_data["partners"])
        if problems:
            raise forms.ValidationError(problems)
        return slugs

    def document(self, data_rows: list[dict[str, Any]] | None) -> dict[str, Any]:
        """The content after this form: texts of its language, the other language's texts as they were."""
        data, content = self.cleaned_data, deepcopy(self.content)
        for field in ("title", "summary", *wording.TEXTS):
            put(content, field, data[field], self.language)
        content["challenges"], content["stage"] = data["challenges"], data["stage"]
        named = content["organisations"]
        named["partners"] = [slug for slug in data["partners"] if slug not in named["lead"]]
        put(named, "others", data["others"], self.language)
        self._place(content, data["place"])
        self._starter(content, data["starter_fit"], data["starter_why"])
        content.pop("data", None)
        if data_rows:
            content["data"] = data_rows
        return content

    def _place(self, content: dict[str, Any], name: str) -> None:
        if name != content.get("place", {}).get("name", ""):
            content.pop("place", None)
            if name:
                content["place"] = {"name": showable(name)}

    def _starter(self, content: dict[str, Any], fit: str, why: str) -> None:
        starter = content.pop("starter", {})
        if fit:
            put(starter, "why", why, self.language)
            content["starter"] = {**starter, "fit": fit}


def put(content: dict[str, Any], field: str, text: str, language: str) -> None:
    """Set the text of a field in a language; empty takes it away, and the field with its last text."""
    texts = {**content.get(field, {}), language: showable(text).strip()}
    texts = {key: value for key, value in texts.items() if value}
    if texts:
        content[field] = texts
    else:
        content.pop(field, None)


class DataForm(forms.Form):
    """One row of the data that were used. An empty name takes the row away."""

    name = _line(gettext_lazy("Which data?"), required=False)
    origin = forms.MultipleChoiceField(
        label=gettext_lazy("Where do they come from?"),
        choices=list(wording.ORIGINS.items())[:-1],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    holder = _line(gettext_lazy("Who holds them?"), required=False)


class BaseDataFormSet(forms.BaseFormSet):
    """The rows, with what the form does not show kept by their place."""

    def __init__(self, *args: Any, content: dict[str, Any], language: str, **kwargs: Any) -> None:
        self.rows, self.language = content.get("data", []), language
        kwargs["initial"] = [self._initial(row) for row in self.rows]
        super().__init__(*args, prefix="data", **kwargs)

    def _initial(self, row: dict[str, Any]) -> dict[str, Any]:
        holders = [*naming.names(row.get("holders", [])), row.get("others", {}).get(self.language, "")]
        return {
            "name": row["name"].get(self.language, ""),
            "origin": [origin for origin in row["origin"] if origin != "not_reported"],
            "holder": ", ".join(filter(None, holders)),
        }

    def documents(self) -> list[dict[str, Any]]:
        """The rows as the document has them."""
        found = []
        for i, form in enumerate(self.forms):
            old = self.rows[i] if i < len(self.rows) else {"name": {}}
            row = self._row(deepcopy(old), form.cleaned_data, form.initial)
            if row is not None:
                found.append(row)
        return found

    def _row(
        self, row: dict[str, Any], data: dict[str, Any], initial: dict[str, Any]
    ) -> dict[str, Any] | None:
        """None when its name was emptied; a row that only the other language has stays."""
        put(row, "name", data.get("name", ""), self.language)
        if not row.get("name") or (initial.get("name") and not data.get("name")):
            return None
        row["origin"] = data.get("origin") or ["not_reported"]
        if data.get("holder", "") != initial.get("holder", ""):
            slugs, unknown = naming.split(data["holder"])
            row["holders"] = slugs
            put(row, "others", ", ".join(unknown), self.language)
            if not slugs:
                del row["holders"]
        return row


DataFormSet = forms.formset_factory(DataForm, formset=BaseDataFormSet, extra=2, max_num=50, validate_max=True)


class MoveForm(forms.Form):
    """The words that go with a move, and the moment for a publication on a date."""

    note = forms.CharField(
        label=gettext_lazy("What do you want to say with it?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due = forms.DateTimeField(
        label=gettext_lazy("When?"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d-%m-%Y %H:%M"],
    )

    def __init__(self, *args: Any, verb: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if verb == "schedule":
            self.fields["due"].required = True
            self.fields["due"].initial = _tomorrow
        else:
            del self.fields["due"]


def _tomorrow() -> datetime:
    return timezone.localtime(timezone.now() + timedelta(days=1)).replace(minute=0, second=0)


class CommentForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    field = forms.ChoiceField(
        label=gettext_lazy("About"),
        choices=[("", gettext_lazy("the whole text")), *wording.LABELS.items()],
        required=False,
    )


class ReuseForm(forms.Form):
    """Another organisation tells that it did the same, since when, and how it went."""

    organisation = forms.ChoiceField(label=gettext_lazy("You write for"))
    since = forms.RegexField(
        regex=r"^(19|20)\d{2}(-(0[1-9]|1[0-2]))?$",
        label=gettext_lazy("Since when?"),
        help_text=gettext_lazy("A year, or a year and a month: 2026 or 2026-03."),
        max_length=7,
    )
    outcome = forms.ChoiceField(label=gettext_lazy("How did it go?"), choices=Reuse.Outcome.choices)
    how = forms.CharField(
        label=gettext_lazy("Tell it"),
        help_text=gettext_lazy(
            "What did you take over, what did you change, and what would you do otherwise?"
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    language = forms.ChoiceField(label=gettext_lazy("You write in"), choices=LANGUAGES, initial=_language)

    def __init__(self, *args: Any, organisations: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = queries.names(organisations)
        self.fields["organisation"].choices = [
            (slug, naming.name(names[slug]) if slug in names else slug) for slug in organisations
        ]

    def clean_since(self) -> str:
        since = self.cleaned_data["since"]
        if since[:7] > timezone.localdate().strftime("%Y-%m"):
            raise forms.ValidationError(_("The date lies in the future."))
        return since
