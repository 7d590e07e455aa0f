# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of facilities: what a facility tells, a request by the Five Safes, times, use, reviews, outputs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from knooppunt.catalogue.models import FacetValue
from knooppunt.catalogue.texts import showable
from knooppunt.facilities.models import Review
from knooppunt.facilities.outputs.reading import MOST_BYTES
from knooppunt.facilities.wording import AUDIENCES, MODES, OFFERS

LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
SENTENCES = ("title", "summary", "costs", "waiting", "conditions")


def area(label: Any, help_text: Any = "", *, required: bool = True, most: int = 4000) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=most,
        widget=forms.Textarea({"rows": 4}),
    )


class ShowableForm(forms.Form):
    """A form whose texts lose the signs that no page can show."""

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        return {k: showable(v) if isinstance(v, str) else v for k, v in values.items()}


class FacilityForm(ShowableForm):
    """What others need to know before they ask, and what may leave."""

    organisation = forms.ChoiceField(label=_("Organisation"))
    language = forms.ChoiceField(label=_("Language of your text"), choices=LANGUAGES)
    title = forms.CharField(label=_("Name"), max_length=200)
    summary = area(_("What can others do here?"), most=2000)
    offers = forms.MultipleChoiceField(
        label=_("What you offer"),
        choices=list(OFFERS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    audience = forms.MultipleChoiceField(
        label=_("For whom"),
        choices=list(AUDIENCES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    mode = forms.ChoiceField(label=_("Where one works"), choices=list(MODES.items()), initial="not_reported")
    place = forms.CharField(label=_("Place"), max_length=100, required=False)
    costs = area(_("Costs"), required=False, most=2000)
    waiting = area(_("Waiting time"), required=False, most=2000)
    conditions = area(_("Conditions"), required=False, most=2000)
    minimum_cell = forms.IntegerField(
        label=_("Output: fewest people or companies in a cell"),
        min_value=1, max_value=10_000, required=False,
        help_text=_("Leave empty while you have no output policy: then nothing can be given out here."),
    )  # fmt: skip
    dominance_n = forms.IntegerField(
        label=_("Output: number of largest contributors"), min_value=1, max_value=10, required=False
    )
    dominance_k = forms.IntegerField(
        label=_("Output: share they may have together, in percent"),
        min_value=1,
        max_value=100,
        required=False,
    )
    p_percent = forms.IntegerField(
        label=_("Output: how closely one may estimate the largest, in percent"), min_value=1, max_value=100,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = organisations

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if (values.get("dominance_n") is None) != (values.get("dominance_k") is None):
            self.add_error("dominance_k", _("Give both the number and the share, or neither."))
        rules = any(values.get(name) for name in ("dominance_n", "p_percent"))
        if rules and not values.get("minimum_cell"):
            self.add_error("minimum_cell", _("Give the smallest cell as well."))
        return values

    def content(self, old: dict[str, Any]) -> dict[str, Any]:
        """The facility's content; texts in the other language stay as they were."""
        values, language = self.cleaned_data, self.cleaned_data["language"]
        content = {k: v for k, v in old.items() if k in ("challenges", "source", "output_policy")}
        for field in SENTENCES:
            texts = {**(old.get(field) or {}), language: values[field].strip()}
            if texts := {k: v for k, v in texts.items() if v}:
                content[field] = texts
        content |= {name: values[name] for name in ("offers", "audience", "mode")}
        if values["place"]:
            content["place"] = values["place"]
        return self._with_policy(content, old)

    def _with_policy(self, content: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
        values, before = self.cleaned_data, old.get("output_policy")
        content.pop("output_policy", None)
        if not values["minimum_cell"]:
            return content
        policy = {k: v for k, v in (before or {}).items() if k not in ("dominance", "p_percent", "version")}
        policy |= {
            "policy": slugify(values["title"])[:80].strip("-") or "policy",
            "minimum_cell": values["minimum_cell"],
        }
        if values["dominance_n"]:
            policy["dominance"] = {"n": values["dominance_n"], "k": values["dominance_k"] / 100}
        if values["p_percent"]:
            policy["p_percent"] = values["p_percent"]
        same = before is not None and policy == {k: v for k, v in before.items() if k != "version"}
        policy["version"] = before["version"] + (not same) if before else 1
        return content | {"output_policy": policy}

    @staticmethod
    def values(content: dict[str, Any], language: str) -> dict[str, Any]:
        """What the form shows of a facility."""
        policy = content.get("output_policy") or {}
        rule = policy.get("dominance") or {}
        return {
            **{field: (content.get(field) or {}).get(language, "") for field in SENTENCES},
            **{name: content.get(name) for name in ("offers", "audience", "mode", "place")},
            "language": language,
            "minimum_cell": policy.get("minimum_cell"),
            "dominance_n": rule.get("n"),
            "dominance_k": round(rule["k"] * 100) if rule else None,
            "p_percent": policy.get("p_percent"),
        }


class RequestForm(ShowableForm):
    """One request to many facilities, by the Five Safes."""

    organisation = forms.ChoiceField(label=_("For which organisation do you ask?"))
    facilities = forms.MultipleChoiceField(
        label=_("Which facilities do you ask?"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Each answers by itself. At most ten."),
    )  # fmt: skip
    title = forms.CharField(label=_("What is it about, in one line?"), max_length=200)
    challenge = forms.ChoiceField(label=_("Which challenge is it for?"), required=False)
    project = area(_("Project: which problem, and who benefits?"))
    people = area(
        _("People: who will do the work, and what do they know of sensitive data?"), _("Parts, not names.")
    )
    setting = area(_("Setting: on site or remote, what do you need, when?"))
    data = area(_("Data: which, from where, about whom? Do you bring data along?"))
    ground = area(
        _("Legal ground: why may these data be used for this?"), _("If you do not know yet, say so.")
    )
    output = area(_("Output: what do you want to take along, and for whom?"))

    def __init__(
        self,
        *args: Any,
        organisations: list[tuple[str, str]],
        facilities: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = organisations
        self.fields["facilities"].choices = facilities
        found = FacetValue.objects.filter(facet="challenge").order_by("label_nl")
        label = f"label_{(get_language() or 'nl')[:2]}"
        self.fields["challenge"].choices = [("", "—"), *((v.code, getattr(v, label)) for v in found)]


class MoveForm(ShowableForm):
    note = area(_("Your words to the other"), required=False)


class SlotForm(forms.Form):
    """A time for guests, once or every week."""

    starts = forms.DateTimeField(
        label=_("Begins"), widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    hours = forms.IntegerField(label=_("How many hours"), min_value=1, max_value=72, initial=8)
    places = forms.IntegerField(label=_("How many places"), min_value=1, max_value=100, initial=1)
    weeks = forms.IntegerField(label=_("How many weeks in a row"), min_value=1, max_value=26, initial=1)

    @property
    def length(self) -> timedelta:
        return timedelta(hours=self.cleaned_data["hours"])


class UseForm(ShowableForm):
    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    hours = forms.DecimalField(label=_("Hours"), min_value=0, max_value=1000, decimal_places=2)
    what = forms.CharField(label=_("What was used"), max_length=300)

    def clean_day(self) -> Any:
        if (day := self.cleaned_data["day"]) > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day


class ReviewForm(ShowableForm):
    verdict = forms.ChoiceField(
        label=_("Did it help?"), choices=Review.Verdict.choices, widget=forms.RadioSelect
    )
    text = area(_("What should the next one know?"), _("Everyone can read this. Name no persons."), most=2000)


class UploadForm(ShowableForm):
    """A file with summaries, and what the checkers need to know to judge it."""

    file = forms.FileField(label=_("Table (CSV or XLSX)"), help_text=_("Summaries only, at most 10 MB."))
    context = area(
        _("What is it about?"),
        _("Which people or companies, which selections, and what it is used for."),
        most=2000,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 10 MB. An output is a summary."))
        return file


class DecisionForm(ShowableForm):
    note = area(_("What did you look at?"), most=2000, required=False)
