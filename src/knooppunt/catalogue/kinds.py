# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Kinds of things that have cards. A kind registers itself from its own app's `ready`.

The catalogue asks a kind four things: its label, its icon, how a thing becomes a card, and its JSON-LD.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, prefetch_related_objects
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import override

from knooppunt.web.once import reading_once

FACET_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Text:
    """One text in both languages; either may be empty for what users write in one language."""

    nl: str = ""
    en: str = ""


@dataclass(frozen=True)
class Facet:
    """A value to filter on: facet name, code, label.

    ValueError for a name that no index takes: a published card that cannot be indexed would hold up
    every change after it.
    """

    facet: str
    code: str
    label: Text

    def __post_init__(self) -> None:
        if not FACET_NAME.fullmatch(self.facet) or self.facet == "kind":
            raise ValueError(
                f"facet name {self.facet!r}: give lower-case letters, digits and _, and not 'kind'"
            )


@dataclass(frozen=True)
class Link:
    """A derived relation from this card to another: type, target kind, target key."""

    type: str
    kind: str
    key: str


@dataclass(frozen=True)
class CardData:
    """All that a kind says of one published thing."""

    key: str
    url: str
    title: Text
    summary: Text = Text()
    text: Text = Text()
    language: str = ""
    facets: tuple[Facet, ...] = ()
    links: tuple[Link, ...] = ()
    starts: date | None = None
    ends: date | None = None
    place: str = ""
    position: tuple[float, float] | None = None  # latitude, longitude in WGS 84


def _forgetful(thing: Any) -> Any:
    made = copy(thing)
    made.__dict__.pop("_prefetched_objects_cache", None)
    return made


@dataclass(frozen=True)
class Kind:
    """One kind of thing.

    `card` derives the card of a thing; `find` gives the thing of a key, for scheduled moves;
    `json_ld` renders the thing for machines; `facets` are labels of this kind's extra facets. A kind that
    has states of its own makes its scheduled moves itself, in `scheduled`: thing, move, actor. A kind
    that is `only_named` has cards that tell little more than a name: their words say nothing of a problem.
    `reads` names the relations that `card` reads of a thing, so that of many things they are read at once.
    """

    name: str
    label: Promise | str
    label_plural: Promise | str
    icon: str
    model: type[Model]
    card: Callable[[Any], CardData]
    find: Callable[[str], Model | None]
    json_ld: Callable[[Any, str], dict[str, Any]]
    facets: Mapping[str, Promise | str] = field(default_factory=dict)
    published: Callable[[], Iterable[Any]] = tuple
    scheduled: Callable[..., None] | None = None
    only_named: bool = False
    reads: tuple[str, ...] = ()

    def cards(self, things: Iterable[Any]) -> list[CardData]:
        """The cards of many things, from what is in the database now, whatever a thing remembers."""
        read = [_forgetful(thing) for thing in things]
        prefetch_related_objects(read, *self.reads)
        with reading_once():
            return [self.card(thing) for thing in read]


class Kinds:
    """The register: by name and by model."""

    def __init__(self) -> None:
        self._by_name: dict[str, Kind] = {}

    def register(self, kind: Kind) -> None:
        if self._by_name.get(kind.name, kind).model is not kind.model:
            raise ValueError(f"two kinds are named {kind.name!r}: rename one of them")
        self._by_name[kind.name] = kind

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._by_name.values())

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def __getitem__(self, name: str) -> Kind:
        return self._by_name[name]

    def known(self, names: Iterable[str]) -> list[str]:
        """The names themselves; ValueError for one that is no kind, with those that are."""
        given = list(names)
        for name in given:
            if name not in self:
                raise ValueError(
                    f"there is no kind {name!r}; choose from: {', '.join(sorted(self._by_name))}"
                )
        return given

    def get(self, name: str) -> Kind | None:
        return self._by_name.get(name)

    def of(self, thing: Model) -> Kind:
        """The kind of a thing; LookupError says which registration is missing."""
        for kind in self:
            if isinstance(thing, kind.model):
                return kind
        raise LookupError(f"{type(thing).__name__} has no kind: register one in its app's cards.py")


kinds = Kinds()


def path(view: str, *args: Any, **kwargs: Any) -> str:
    """The address of a view without its language prefix, as cards store it."""
    with override("nl"):
        return reverse(view, args=args, kwargs=kwargs).removeprefix("/nl")
