# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Value lists: codes with labels and flags, one table for each list."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Final

_HEADING = re.compile(r"# (nl|en|scheme|base|pattern): (.+)")
_TAIL = re.compile(r"/?(?:(?:deed|legalcode)(?:\.[a-z]{2})?)?(?:\.html|\.rdf)?/?\Z")
NAMES: Final = (
    "access-right", "data-theme", "dataset-status", "distribution-status", "file-type", "frequency",
    "hvd-category", "language", "licence", "media-type", "planned-availability",
)  # fmt: skip


@dataclass(slots=True)
class Vocabulary:
    """A value list; `titles` and `labels` are by language, `flags` by IRI."""

    name: str
    titles: dict[str, str]
    scheme: str
    base: str
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    flags: dict[str, frozenset[str]] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None
    _known: dict[str, str] = field(default_factory=dict)

    def add(self, iri: str, nl: str, en: str, flags: str, others: list[str]) -> None:
        """One value, with its other addresses."""
        self.labels[iri] = (nl, en)
        if flags:
            self.flags[iri] = frozenset(flags.split())
        for address in (iri, *others):
            self._known.setdefault(plain(address), iri)

    def find(self, iri: str) -> str | None:
        """The IRI in the list that this one stands for; None when the list has none."""
        found = self._known.get(plain(iri))
        if found is None and self.pattern is not None and iri.startswith(self.base):
            return iri if self.pattern.fullmatch(iri[len(self.base) :]) else None
        return found

    def has(self, iri: str, flag: str) -> bool:
        """Whether a value is in the list with this flag."""
        found = self.find(iri)
        return found is not None and flag in self.flags.get(found, ())


def plain(iri: str) -> str:
    """An address without scheme, ending slash or the page of a licence: those differ for the same value."""
    text = iri.split("://", 1)[-1].removeprefix("www.")
    return _TAIL.sub("", text) if "creativecommons.org" in text else text.rstrip("/")


@cache
def vocabulary(name: str) -> Vocabulary:
    """The list of this name, read once."""
    text = (resources.files(__name__) / f"{name}.tsv").read_text(encoding="utf-8")
    heading = {match[1]: match[2] for match in map(_HEADING.match, text.splitlines()[:10]) if match}
    base = heading.get("base", "")
    found = Vocabulary(name, {"nl": heading["nl"], "en": heading["en"]}, heading["scheme"], base)
    if "pattern" in heading:
        found.pattern = re.compile(heading["pattern"])
    for line in text.splitlines():
        if line and not line.startswith("# "):
            code, nl, en, flags, *others = (*line.split("\t"), *[""] * 4)
            found.add(base + code, nl, en, flags, [one for one in others if one])
    return found
