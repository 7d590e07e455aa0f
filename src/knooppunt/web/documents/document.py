# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a document is: a title, a language, and parts in reading order. Text is plain text, never markup."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# What XML 1.0 cannot hold: a text with such a character would make a DOCX that no program opens.
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Heading:
    """A heading below the title: level 1 to 3, the first of a document 1 (PDF/UA-1 asks it)."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `label` stands before it in bold, `aside` sets it apart, as a warning is."""

    text: str
    label: str = ""
    aside: bool = False


@dataclass(frozen=True)
class Items:
    """A list; `done` ticks or leaves open each item, when given."""

    texts: tuple[str, ...]
    numbered: bool = False
    done: tuple[bool, ...] = ()

    def marked(self) -> list[str]:
        """The items with their tick before them: a sign and not only a colour."""
        if not self.done:
            return list(self.texts)
        marks = ("☐ ", "☒ ")
        return [marks[done] + text for done, text in zip(self.done, self.texts, strict=True)]


@dataclass(frozen=True)
class Table:
    """A table with a row of headings; `caption` says what it shows."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


Part = Heading | Paragraph | Items | Table


@dataclass(frozen=True)
class Document:
    """A document in one language; `subtitle` and `footer` may be empty."""

    title: str
    language: str
    parts: tuple[Part, ...] = field(default_factory=tuple)
    subtitle: str = ""
    footer: str = ""


def clean(text: str) -> str:
    """The text without characters that no document can hold."""
    return NO_XML.sub("", text)
