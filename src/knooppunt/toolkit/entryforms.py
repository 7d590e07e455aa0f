# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form in which an editor of the hub writes an answer, a definition or a step, in Dutch and English."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from knooppunt.catalogue.models import Card
from knooppunt.catalogue.texts import showable
from knooppunt.catalogue.wording import words
from knooppunt.flow import difference
from knooppunt.toolkit import queries
from knooppunt.toolkit.contentcheck import laws
from knooppunt.toolkit.models import REVIEW_MONTHS, Theme

# Per kind the texts that stand in both languages, with the most characters they may have.
TEXTS = {
    "faq": {"question": 400, "short": 400, "answer": 8_000},
    "term": {"label": 1_000, "definition": 1_000},
    "step": {"title": 400, "why": 2_000, "involve": 2_000},
}
# Per kind the texts of which there are several, one per line.
LISTS: dict[str, tuple[str, ...]] = {"faq": (), "term": ("also",), "step": ("do", "ask", "pitfalls")}
CHOICES = {
    "faq": ("laws", "terms"),
    "term": ("laws", "broader", "related"),
    "step": ("instruments", "examples"),
}
LABELS = {
    "question": gettext_lazy("Question"),
    "short": gettext_lazy("The answer in one sentence"),
    "answer": gettext_lazy("Answer"),
    "label": gettext_lazy("Word"),
    "definition": gettext_lazy("Definition"),
    "also": gettext_lazy("Other words for the same"),
    "laws": gettext_lazy("Articles of law"),
    "terms": gettext_lazy("Words that this is about"),
    "broader": gettext_lazy("Broader words"),
    "related": gettext_lazy("Related words"),
    "legal": gettext_lazy("This is about what the law asks: show the disclaimer"),
    "reviewed": gettext_lazy("Looked at on"),
    "review_months": gettext_lazy("Look at it again after how many months?"),
    "title": gettext_lazy("Title"),
    "why": gettext_lazy("Why"),
    "involve": gettext_lazy("Whom to involve"),
    "do": gettext_lazy("What to do"),
    "ask": gettext_lazy("Questions to ask"),
    "pitfalls": gettext_lazy("Pitfalls"),
    "instruments": gettext_lazy("Instruments"),
    "examples": gettext_lazy("Examples"),
}
LANGUAGES = {"nl": gettext_lazy("in Dutch"), "en": gettext_lazy("in English")}
HELP = {
    "answer": gettext_lazy(
        "An empty line starts a paragraph; '- ' an item; **bold**; [words](https://…) a link."
    ),
    **dict.fromkeys(("also", "do", "ask", "pitfalls"), gettext_lazy("One per line.")),
}
LONG = frozenset(("answer", "definition", "also", "why", "involve", "do", "ask", "pitfalls"))


class EntryForm(forms.Form):
    """Everything that a version says. One language is enough; what is given must be whole."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, kind: str, content: dict[str, Any] | None = None, **kwargs: Any) -> None:
        content = content or {}
        kwargs["initial"] = _initial(kind, content) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.kind = kind
        if not content:
            self.fields["theme"] = forms.ChoiceField(label=gettext_lazy("Theme"), choices=Theme.choices)
        names = (*TEXTS[kind], *LISTS[kind])
        for language, label in LANGUAGES.items():
            for name in names:
                widget = (
                    forms.Textarea({"rows": 12 if name == "answer" else 3})
                    if name in LONG
                    else forms.TextInput
                )
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=f"{LABELS[name]} ({label})", required=False, widget=widget,
                    max_length=TEXTS[kind].get(name, 8_000), help_text=HELP.get(name, ""),
                )  # fmt: skip
        for name in CHOICES[kind]:
            self.fields[name] = _choices(name)
        if kind == "faq":
            self.fields["legal"] = forms.BooleanField(label=LABELS["legal"], required=False)
            day = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
            self.fields["reviewed"] = forms.DateField(label=LABELS["reviewed"], widget=day)
            self.fields["review_months"] = forms.IntegerField(
                label=LABELS["review_months"], min_value=1, max_value=60
            )
        if content:
            self.fields["note"] = forms.CharField(
                label=gettext_lazy("What changed, in one sentence"), max_length=300, required=False
            )

    def clean(self) -> dict[str, Any]:
        """A language is there whole or not at all, and at least one is."""
        cleaned = super().clean() or {}
        given = {
            language: [name for name in TEXTS[self.kind] if cleaned.get(f"{name}_{language}")]
            for language in LANGUAGES
        }
        for language, names in given.items():
            for name in TEXTS[self.kind] if names else ():
                if name not in names and f"{name}_{language}" not in self.errors:
                    self.add_error(
                        f"{name}_{language}", _("Write this too: the rest is there in this language.")
                    )
        self._clean_lists(cleaned)
        if not any(given.values()) and not self.errors:
            self.add_error(None, _("Write it in Dutch or in English."))
        if (day := cleaned.get("reviewed")) and day > timezone.localdate():
            self.add_error(
                "reviewed", _("This day is still to come: give the day on which it was looked at.")
            )
        return cleaned

    def _clean_lists(self, cleaned: dict[str, Any]) -> None:
        """A step stands whole in both languages: each line in one is the same line in the other."""
        if self.kind != "step":
            return
        for name in TEXTS["step"]:
            for language in LANGUAGES:
                if not cleaned.get(f"{name}_{language}") and f"{name}_{language}" not in self.errors:
                    self.add_error(f"{name}_{language}", _("Write this in both languages."))
        for name in LISTS["step"]:
            numbers = [len(_lines_of(cleaned.get(f"{name}_{language}"))) for language in LANGUAGES]
            if numbers[0] != numbers[1] or not numbers[0]:
                message = _("Write as many lines in Dutch (%(nl)s) as in English (%(en)s), one at least.")
                self.add_error(f"{name}_nl", message % {"nl": numbers[0], "en": numbers[1]})

    def document(self) -> dict[str, Any]:
        """The content as it is kept."""
        data = self.cleaned_data
        content: dict[str, Any] = {name: self._both(name) for name in TEXTS[self.kind]}
        if self.kind == "term":
            also = {k: [line[:100] for line in _lines_of(v)] for k, v in self._both("also").items()}
            content |= {"also": also} if also else {}
        if self.kind == "step":
            for name in LISTS["step"]:
                lines = (_lines_of(self._both(name).get(language)) for language in LANGUAGES)
                content[name] = [dict(zip(LANGUAGES, pair, strict=True)) for pair in zip(*lines, strict=True)]
        for name in CHOICES[self.kind]:
            if data.get(name) or self.kind == "step":
                content[name] = data[name]
        if self.kind == "faq":
            content |= {"legal": data["legal"], "reviewed": data["reviewed"].isoformat()}
            content["review_months"] = data["review_months"]
        return content

    def _both(self, name: str) -> dict[str, str]:
        texts = {
            k: showable(self.cleaned_data.get(f"{name}_{k}") or "").replace("\r\n", "\n") for k in LANGUAGES
        }
        return {language: text for language, text in texts.items() if text}


def _choices(name: str) -> forms.Field:
    """Boxes to tick, by the words that a reader knows them by."""
    if name == "laws":
        choices = [(key, words(law).text) for key, law in laws().items()]
    elif name in ("instruments", "examples"):
        cards = Card.objects.filter(kind="instrument" if name == "instruments" else "practice")
        language = (get_language() or "nl")[:2]
        choices = [(card.key, card.in_language("title", language)[0]) for card in cards.order_by("title_nl")]
    else:
        terms = [(term.slug, words(term.public.title).text) for term in queries.public("term")]
        choices = sorted(terms, key=lambda term: term[1].casefold())
    return forms.MultipleChoiceField(
        label=LABELS[name], choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def _initial(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    initial: dict[str, Any] = {"reviewed": timezone.localdate(), "review_months": REVIEW_MONTHS} | content
    for name in TEXTS[kind]:
        initial |= {f"{name}_{language}": text for language, text in content.get(name, {}).items()}
    for name in LISTS[kind]:
        initial |= {
            f"{name}_{language}": "\n".join(_listed(content, name, language)) for language in LANGUAGES
        }
    return initial


def differences(kind: str, old: dict[str, Any], new: dict[str, Any]) -> list[difference.Difference]:
    """The fields that differ between two versions, in the order of the form."""
    after = _lines(kind, new)
    return difference.differences(_lines(kind, old), after, [(label, label) for label in after])


def _lines(kind: str, content: dict[str, Any]) -> dict[str, str]:
    """Each field as a text under its label, lists a line per item."""
    lines: dict[str, str] = {}
    for language, label in LANGUAGES.items():
        for name in TEXTS[kind]:
            lines[f"{LABELS[name]} ({label})"] = content.get(name, {}).get(language, "")
        for name in LISTS[kind]:
            lines[f"{LABELS[name]} ({label})"] = "\n".join(_listed(content, name, language))
    for name in CHOICES[kind]:
        lines[str(LABELS[name])] = "\n".join(content.get(name, []))
    if kind == "faq":
        lines[str(LABELS["legal"])] = _("yes") if content.get("legal") else _("no")
        for name in ("reviewed", "review_months"):
            lines[str(LABELS[name])] = str(content.get(name, ""))
    return lines


def _listed(content: dict[str, Any], name: str, language: str) -> list[str]:
    """The lines of a list in a language: other words stand per language, the lines of a step per line."""
    found = content.get(name, {})
    if isinstance(found, dict):
        return found.get(language, [])
    return [line.get(language, "") for line in found]


def _lines_of(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
