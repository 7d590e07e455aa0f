# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of practices becomes drafts: each row whole or not at all, each refusal with its row and its cause.

Drafts go the ordinary way from there: nothing is public before it was read and published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from knooppunt.catalogue.audit import audit_many
from knooppunt.catalogue.texts import showable
from knooppunt.practices import naming, queries, tables, wording
from knooppunt.practices.columns import BY_NAME, COLUMNS, plain
from knooppunt.practices.contentcheck import named_gaps
from knooppunt.practices.forms import LINE, TEXT
from knooppunt.practices.models import Practice, Version
from knooppunt.practices.services import RESERVED

BATCH = 500
LINES = {"title": LINE, "summary": LINE, "place": 100, "link": 500}


class RowError(ValueError):
    """Why a row cannot be kept, in the active language."""


@dataclass
class Outcome:
    """How many rows are kept, and which were refused why."""

    kept: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"kept": self.kept, "refused": self.refused}


def import_file(path: Path, *, progress: Callable[[int], None] = lambda done: None) -> Outcome:
    """Keep every good row as a draft; ValueError when the file has no usable header.

    Rows are written in transactions of 500: a stop half-way leaves whole rows, and a second run refuses
    what is there already.
    """
    found = tables.rows(path)
    header = _header(next(found, (1, []))[1])
    reader, outcome = RowReader(), Outcome()
    drafts = _drafts(found, header, reader, outcome)
    while batch := list(islice(drafts, BATCH)):
        _write(batch)
        outcome.kept += len(batch)
        progress(outcome.kept + len(outcome.refused))
    return outcome


def _header(cells: list[Any]) -> list[str]:
    """Column keys in the order of the file; '' for a column without a name."""
    names = [" ".join(plain(cell).casefold().split()) for cell in cells]
    unknown = [name for name in names if name and name not in BY_NAME]
    if unknown:
        close = get_close_matches(unknown[0], BY_NAME, n=1, cutoff=0.6)
        advice = _("Did you mean '%(word)s'?") % {"word": close[0]} if close else _("Use the template.")
        raise ValueError(_("There is no column '%(name)s'.") % {"name": unknown[0]} + " " + advice)
    keys = [BY_NAME[name].key if name else "" for name in names]
    missing = [_name(c.key) for c in COLUMNS if c.required and c.key not in keys]
    if missing:
        raise ValueError(
            _("These columns are missing: %(names)s. Use the template.") % {"names": ", ".join(missing)}
        )
    return keys


@dataclass(frozen=True)
class Draft:
    slug: str
    organisation: str
    content: dict[str, Any]


def _drafts(
    rows: Iterator[tables.Row], header: list[str], reader: RowReader, outcome: Outcome
) -> Iterator[Draft]:
    """The rows that can be kept; the others go into the outcome, with their cause."""
    for number, cells in rows:
        try:
            values = _values(header, cells)
            if any(values.values()):
                yield reader.draft(values)
        except RowError as error:
            outcome.refused.append({"row": number, "cause": str(error)})


def _values(header: list[str], cells: list[Any]) -> dict[str, str]:
    if cells and isinstance(cells[0], Exception):
        raise RowError(_("The row cannot be read: %(why)s.") % {"why": cells[0]})
    if any(plain(cell) for cell in cells[len(header) :]):
        raise RowError(_("There are more cells than columns: put texts with a separator between quotes."))
    values = {key: plain(cell) for key, cell in zip(header, cells, strict=False) if key}
    return {key: showable(value) for key, value in values.items()}


class RowReader:
    """Reads rows into drafts; what it must know of the hub is read once."""

    def __init__(self) -> None:
        self.book = naming.Book()
        self.challenges = _challenges()
        self.slugs = set(Practice.objects.values_list("slug", flat=True)) | RESERVED
        self.titles = set(_titles())

    def draft(self, values: dict[str, str]) -> Draft:
        """The draft of a row; RowError with the first thing that is wrong with it."""
        self._check(values)
        language = _choice("language", values, {"nl": "nl", "en": "en"}) or "nl"
        organisation = self._organisation(values["organisation"])
        title = (organisation, language, values["title"].casefold())
        if title in self.titles:
            raise RowError(_("This organisation has a practice with this title already."))
        content = self._content(values, organisation, language)
        self.titles.add(title)
        return Draft(
            self._slug(values["title"]), organisation, content | {"not_reported": named_gaps(content)}
        )

    def _check(self, values: dict[str, str]) -> None:
        for column in COLUMNS:
            value = values.get(column.key, "")
            if column.required and not value:
                raise RowError(_("'%(name)s' is empty.") % {"name": _name(column.key)})
            most = LINES.get(column.key, TEXT)
            if len(value) > most:
                message = _("'%(name)s' has %(number)s characters; at most %(most)s fit.")
                raise RowError(message % {"name": _name(column.key), "number": len(value), "most": most})

    def _organisation(self, typed: str) -> str:
        slug = self.book.slug(typed)
        if slug is None:
            raise RowError(self.book.advice(typed))
        return slug

    def _slug(self, title: str) -> str:
        base = slugify(title)[:70].strip("-") or "praktijk"
        slug, n = base, 1
        while slug in self.slugs:
            n += 1
            slug = f"{base}-{n}"
        self.slugs.add(slug)
        return slug

    def _content(self, values: dict[str, str], organisation: str, language: str) -> dict[str, Any]:
        partners = [self._organisation(name) for name in _list(values.get("partners", ""))]
        content: dict[str, Any] = {
            "title": {language: values["title"]},
            "summary": {language: values["summary"]},
            "organisations": {"lead": [organisation]},
            "challenges": [self._challenge(name) for name in _list(values["challenges"])],
            "stage": _choice("stage", values, STAGES) or "not_reported",
        }
        if partners := [slug for slug in dict.fromkeys(partners) if slug != organisation]:
            content["organisations"]["partners"] = partners
        if values.get("place"):
            content["place"] = {"name": values["place"]}
        content |= {key: {language: values[key]} for key in wording.TEXTS if values.get(key)}
        return content | _data(values, language) | _starter(values, language) | _link(values, language)

    def _challenge(self, typed: str) -> str:
        slug = self.challenges.get(typed.casefold())
        if slug is None:
            close = get_close_matches(typed.casefold(), self.challenges, n=1, cutoff=0.5)
            known = close[0] if close else ", ".join(sorted(set(self.challenges.values())))
            message = _("There is no challenge '%(name)s'. Did you mean: %(known)s?")
            raise RowError(message % {"name": typed, "known": known})
        return slug


def _titles() -> Iterator[tuple[str, str, str]]:
    """Organisation, language and title of every version there is; only titles leave the database."""
    rows = Version.objects.values_list("practice__organisation", "content__title")
    for organisation, titles in rows.iterator(chunk_size=2000):
        for language, title in (titles or {}).items():
            yield organisation, language, title.casefold()


def _challenges() -> dict[str, str]:
    """Every way to name a challenge."""
    return {
        name.casefold(): card.key
        for card in queries.challenges()
        for name in (card.key, card.title_nl, card.title_en)
    }


def _list(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))


def _name(key: str) -> str:
    """What a column is called in the active language."""
    return BY_NAME[key].name((get_language() or "nl")[:2])


def _named(choices: dict[str, Any]) -> dict[str, str]:
    """Every way to name a choice: its code, and its label in both languages."""
    named = {code.replace("_", " "): code for code in choices} | {code: code for code in choices}
    for language in ("nl", "en"):
        with override(language):
            named |= {str(label).casefold(): code for code, label in choices.items()}
    return named


STAGES, ORIGINS, FITS = (_named(choices) for choices in (wording.STAGES, wording.ORIGINS, wording.FITS))


def _choice(key: str, values: dict[str, str], known: dict[str, str]) -> str:
    typed = values.get(key, "").casefold()
    if typed and typed not in known:
        raise _no_choice(key, typed, known)
    return known.get(typed, "")


def _no_choice(key: str, typed: str, known: dict[str, str]) -> RowError:
    message = _("'%(value)s' is not a choice for '%(name)s'. Choose from: %(words)s.")
    words = ", ".join(sorted(set(known)))
    return RowError(message % {"value": typed[:60], "name": _name(key), "words": words})


def _data(values: dict[str, str], language: str) -> dict[str, Any]:
    names = _list(values.get("data", ""))
    typed = [part.strip().casefold() for part in values.get("origin", "").replace(";", ",").split(",")]
    origins = [word for word in dict.fromkeys(typed) if word]
    for word in origins:
        if word not in ORIGINS:
            raise _no_choice("origin", word, ORIGINS)
    if origins and not names:
        raise RowError(
            _("'%(one)s' is filled in, and '%(other)s' is empty: fill in both.")
            % {"one": _name("origin"), "other": _name("data")}
        )
    if len(names) > 50 or any(len(name) > LINE for name in names):
        raise RowError(
            _("'%(name)s' has too much: at most 50 names of 400 characters.") % {"name": _name("data")}
        )
    codes = list(dict.fromkeys(ORIGINS[word] for word in origins)) or ["not_reported"]
    return {"data": [{"name": {language: name}, "origin": codes} for name in names]} if names else {}


def _starter(values: dict[str, str], language: str) -> dict[str, Any]:
    fit = _choice("starter", values, FITS)
    why = values.get("starter_why", "")
    if why and not fit:
        raise RowError(
            _("'%(one)s' is filled in, and '%(other)s' is empty: fill in both.")
            % {"one": _name("starter_why"), "other": _name("starter")}
        )
    if not fit:
        return {}
    return {"starter": {"fit": fit, "why": {language: why}} if why else {"fit": fit}}


def _link(values: dict[str, str], language: str) -> dict[str, Any]:
    link = values.get("link", "")
    if not link:
        return {}
    if not link.startswith(("https://", "http://")) or any(letter.isspace() for letter in link):
        raise RowError(_("'link' is no address: write it whole, https://…"))
    return {"links": [{"title": {language: link[:LINE]}, "url": link}]}


@transaction.atomic
def _write(batch: list[Draft]) -> None:
    now = timezone.now()
    practices = Practice.objects.bulk_create(
        Practice(slug=d.slug, organisation=d.organisation) for d in batch
    )
    Version.objects.bulk_create(
        Version(practice=practice, number=1, content=draft.content, changed=now)
        for practice, draft in zip(practices, batch, strict=True)
    )
    audit_many("import practice", "practice", [draft.slug for draft in batch], actor=None)
