# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names of organisations: from what someone typed to slugs, and back."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.people import services as people


def name(organisation: Any) -> str:
    """The name in the reader's language."""
    return organisation.name_en if (get_language() or "nl").startswith("en") else organisation.name_nl


def names(slugs: list[str]) -> list[str]:
    """Names in the order of the slugs; a slug that the hub does not know stays as it is."""
    known = {o.slug: o for o in people.organisations(slugs)}
    return [name(known[slug]) if slug in known else slug for slug in slugs]


def as_lines(slugs: list[str]) -> str:
    return "\n".join(names(slugs))


class Book:
    """Every organisation by each way to write it; read once for many questions."""

    def __init__(self) -> None:
        self.by_name: dict[str, str] = {}
        self._advice: dict[str, str] = {}
        for slug, nl, en in people.organisations().values_list("slug", "name_nl", "name_en"):
            for word in (slug, nl, en):
                self.by_name.setdefault(_plain(word), slug)

    def slug(self, typed: str) -> str | None:
        """The organisation that is meant: by slug or name, in any case, 'Gemeente' may be left out."""
        plain = _plain(typed)
        return self.by_name.get(plain) or self.by_name.get(f"gemeente {plain}")

    def advice(self, typed: str) -> str:
        """What to write instead of a name that is not known; one answer per name, however often it comes."""
        if typed not in self._advice:
            self._advice[typed] = self._advise(typed[:100])
        return self._advice[typed]

    def _advise(self, typed: str) -> str:
        close = get_close_matches(_plain(typed), self.by_name, n=1, cutoff=0.6)
        if not close:
            return _("The hub does not know '%(name)s'.") % {"name": typed}
        meant = names([self.by_name[close[0]]])[0]
        return _("The hub does not know '%(name)s'. Did you mean '%(other)s'?") % {
            "name": typed,
            "other": meant,
        }


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def from_lines(text: str) -> tuple[list[str], list[str]]:
    """Slugs of the names, one a line, and for each name that is not known what to do about it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return [], []
    book = Book()
    found = {line: book.slug(line) for line in lines}
    slugs = list(dict.fromkeys(slug for slug in found.values() if slug))
    return slugs, [book.advice(line) for line, slug in found.items() if slug is None]


def split(text: str, book: Book | None = None) -> tuple[list[str], list[str]]:
    """Slugs of the names between commas, and the names that are no organisation here."""
    typed = [part.strip() for part in text.split(",") if part.strip()]
    if not typed:
        return [], []
    book = book or Book()
    pairs = [(part, book.slug(part)) for part in typed]
    return (
        list(dict.fromkeys(slug for _typed, slug in pairs if slug)),
        [part for part, slug in pairs if slug is None],
    )
