# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A search as it stands in an address: read from a query string, and written back."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict

from knooppunt.catalogue.kinds import kinds
from knooppunt.catalogue.texts import showable

PAGE_SIZE = 20
LAST_PAGE = 500
LONGEST_TEXT = 1_000
MOST_VALUES = 20
SORTS = ("relevance", "newest")
COMMON_FACETS = ("organisation", "challenge", "chapter", "year", "status")


@dataclass(frozen=True)
class Search:
    """What one asks for. `facets` maps a facet to the chosen codes (any of them)."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.kinds or self.facets)

    def parameters(self, *, page: int | None = None) -> str:
        """The canonical query string: same search, same string, whatever the order it was given in."""
        pairs: list[tuple[str, str]] = [("q", self.text)] if self.text else []
        pairs += [("kind", kind) for kind in sorted(self.kinds)]
        pairs += [(name, code) for name in sorted(self.facets) for code in sorted(self.facets[name])]
        if self.sort != "relevance":
            pairs.append(("sort", self.sort))
        if page and page > 1:
            pairs.append(("page", str(page)))
        return urlencode(pairs)


def facet_names() -> list[str]:
    """Facets one can filter on: the common ones and those of each kind, in a fixed order."""
    extra = [name for kind in kinds for name in kind.facets]
    return list(dict.fromkeys([*COMMON_FACETS, *extra]))


def read(parameters: QueryDict) -> Search:
    """The search in a query string. Whatever does not belong there is left out, never an error:
    addresses get cut, guessed and pasted together."""
    chosen = {name: _values(parameters, name) for name in facet_names()}
    sort = parameters.get("sort", "relevance")
    return Search(
        text=" ".join(showable(parameters.get("q", "")).split())[:LONGEST_TEXT],
        kinds=tuple(kind for kind in _values(parameters, "kind") if kind in kinds),
        facets={name: values for name, values in chosen.items() if values},
        sort=sort if sort in SORTS else "relevance",
        page=_page(parameters.get("page", "1")),
    )


def _values(parameters: QueryDict, name: str) -> tuple[str, ...]:
    values = (showable(value)[:100] for value in parameters.getlist(name)[:MOST_VALUES])
    return tuple(sorted({value for value in values if value}))


def _page(text: str) -> int:
    number = int(text[:9]) if text.isascii() and text.isdigit() else 1
    return max(1, min(number, LAST_PAGE))
