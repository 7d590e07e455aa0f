# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Things written in one language, of which the hub's own content also has the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import get_language

from knooppunt.catalogue.kinds import Text


@dataclass(frozen=True)
class Words:
    """A text, and its language when that is not the reader's."""

    text: str
    lang: str = ""


class Bilingual(models.Model):
    """What people write is in one `language`; `translation` holds the same fields in the other one."""

    language = models.CharField(max_length=2)
    translation = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def told(self, field: str) -> Text:
        """A field in each language in which it was written."""
        other = "en" if self.language == "nl" else "nl"
        return Text(**{self.language: getattr(self, field), other: self.translation.get(field, "")})

    def words(self, field: str) -> Words:
        """A field in the reader's language, else as it was written."""
        reader = (get_language() or "nl")[:2]
        if text := getattr(self.told(field), reader, ""):
            return Words(text)
        text = getattr(self, field)
        return Words(text, self.language if text else "")


def from_pairs(document: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    """Texts in both languages as the values of a thing: Dutch first, English as the translation."""
    texts = {name: document[name] for name in fields if name in document}
    return {
        "language": "nl",
        **{name: text["nl"] for name, text in texts.items()},
        "translation": {name: text["en"] for name, text in texts.items()},
    }


def check_record(record: dict[str, Any], fields: tuple[str, ...]) -> None:
    """Raise ValueError when what an export says of language, translation or source cannot be kept."""
    if record["language"] not in ("nl", "en"):
        raise ValueError(f"language '{record['language']}' is not nl or en")
    translation, source = record["translation"], record["source"]
    if not _is_texts(translation) or set(translation) - set(fields):
        raise ValueError(f"translation: give texts for some of {', '.join(fields)}")
    if source is not None and not _is_source(source):
        raise ValueError("source: give edition, chapter, section and actions as an export does")


def _is_source(source: Any) -> bool:
    if not isinstance(source, dict):
        return False
    plain = {name: value for name, value in source.items() if name not in ("actions", "others")}
    actions, others = source.get("actions", []), source.get("others", {})
    return _is_texts(plain) and is_list_of_texts(actions) and _is_texts(others)


def _is_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)
