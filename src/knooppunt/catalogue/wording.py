# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts that stand in one or both languages, as a reader and as the catalogue want them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, override

from knooppunt.catalogue.kinds import Text

LANGUAGES = ("nl", "en")


@dataclass(frozen=True)
class Words:
    """A text, and the language it is in when that is not the reader's."""

    text: str
    lang: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


def words(texts: dict[str, str] | None, language: str = "") -> Words:
    """The text in the reader's language, else in the other one, marked."""
    texts = texts or {}
    language = language or (get_language() or "nl")[:2]
    if texts.get(language):
        return Words(texts[language])
    other = "en" if language == "nl" else "nl"
    return Words(texts.get(other, ""), other if texts.get(other) else "")


def pair(texts: dict[str, str] | None) -> Text:
    """As the catalogue keeps it: a column per language."""
    return Text(**{language: (texts or {}).get(language, "") for language in LANGUAGES})


def label_pair(label: Promise | str) -> Text:
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = str(label)
    return Text(**found)
