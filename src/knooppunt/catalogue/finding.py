# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Search as pages, feeds, alerts and the command line use it: the index's answer, made ready to show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.catalogue import indexing
from knooppunt.catalogue.kinds import kinds
from knooppunt.catalogue.models import Card, FacetValue, identities
from knooppunt.catalogue.queries import PAGE_SIZE, Search, facet_names
from knooppunt.catalogue.search import Hit, SearchQuery, Standing

Id = TypeVar("Id")
MOST_CANDIDATES = 200
VALUES_SHOWN = 12
FACETS_OPEN = 3
COMMON_LABELS = {
    "organisation": gettext_lazy("Organisation"),
    "challenge": gettext_lazy("Challenge"),
    "chapter": gettext_lazy("Chapter"),
    "year": gettext_lazy("Year"),
    "status": gettext_lazy("Status"),
}


@dataclass(frozen=True)
class FoundCard:
    """One hit as a page shows it; the `_html` parts are escaped by the index, with <mark> only."""

    kind: str
    key: str
    url: str
    lang: str
    title: str
    score: float
    why: str
    kind_label: str
    title_html: SafeString
    summary_html: SafeString


@dataclass(frozen=True)
class Value:
    """One value of a facet: how many cards one would see with it, and whether it is chosen."""

    code: str
    label: str
    number: int
    chosen: bool


@dataclass(frozen=True)
class FacetGroup:
    name: str
    label: str
    values: list[Value]
    open: bool


@dataclass(frozen=True)
class Found:
    """One page of results; `building` is true when there is no index yet."""

    hits: list[FoundCard] = field(default_factory=list)
    total: int = 0
    facets: list[FacetGroup] = field(default_factory=list)
    did_you_mean: str | None = None
    relaxed: bool = False
    building: bool = False


def search(wanted: Search, language: str, *, size: int = PAGE_SIZE, facets: bool = True) -> Found:
    """Run a search; facet counts are over all matches, with labels in the reader's language."""
    if not indexing.exists():
        return Found(building=True)
    counted = ["kind", *facet_names()] if facets else []
    results = indexing.current().search(_query(wanted, language, size=size, page=wanted.page, count=counted))
    return Found(
        hits=[_shown(hit) for hit in results.hits],
        total=results.total,
        facets=_facet_groups(results.facet_counts, wanted, language),
        did_you_mean=results.did_you_mean,
        relaxed=results.relaxed,
    )


def find(text: str, language: str, *, kinds: Sequence[str] = (), size: int = 10) -> Found:
    """The best `size` hits for a text, without facets."""
    return search(
        Search(text=text, kinds=tuple(kinds)), language, size=min(size, MOST_CANDIDATES), facets=False
    )


def card_ids(wanted: Search, language: str, *, most: int, sort: str | None = None) -> list[int]:
    """Identifiers of the cards that a search finds, at most `most`."""
    if not indexing.exists():
        return []
    keys: list[tuple[str, str]] = []
    for page in range(1, -(-most // MOST_CANDIDATES) + 1):
        query = _query(wanted, language, size=min(most, MOST_CANDIDATES), page=page, sort=sort)
        hits = indexing.current().search(query).hits
        keys += [(hit.kind, hit.key) for hit in hits]
        if len(hits) < query.size:
            break
    return list(Card.objects.filter(identities(keys)).values_list("pk", flat=True))


def standing(searches: Iterable[tuple[Id, Search, str]]) -> Standing[Id]:
    """Searches that wait for cards: each with an identifier and the language it is asked in."""
    return Standing((name, _query(wanted, language)) for name, wanted, language in searches)


def as_row(hit: FoundCard, language: str) -> dict[str, Any]:
    """A hit as the command line prints it."""
    return {
        "kind": hit.kind,
        "id": hit.key,
        "title": hit.title,
        "url": f"/{language}{hit.url}",
        "score": round(hit.score, 4),
        "why": hit.why,
    }


def _query(wanted: Search, language: str, **more: Any) -> SearchQuery:
    sort = more.pop("sort", None) or wanted.sort
    return SearchQuery(
        text=wanted.text,
        lang=language,
        kinds=list(wanted.kinds),
        facets={name: list(codes) for name, codes in wanted.facets.items()},
        sort=sort,
        **more,
    )


def _shown(hit: Hit) -> FoundCard:
    title, summary = hit.highlights.get("title"), hit.highlights.get("summary")
    extract = hit.highlights.get("text")
    return FoundCard(
        kind=hit.kind,
        key=hit.key,
        url=hit.url,
        lang=hit.lang,
        title=hit.title,
        score=hit.score,
        why=hit.why,
        kind_label=str(kinds[hit.kind].label) if hit.kind in kinds else hit.kind,
        # The index escapes everything in highlights; without one the template escapes the plain text.
        title_html=mark_safe(title) if title else hit.title,  # type: ignore[arg-type]  # noqa: S308
        summary_html=mark_safe(extract or summary) if extract or summary else hit.summary,  # type: ignore[arg-type]  # noqa: S308
    )


def _facet_groups(counts: dict[str, dict[str, int]], wanted: Search, language: str) -> list[FacetGroup]:
    """Facets that have something to choose; labels of all values in one query."""
    codes = {code for values in counts.values() for code in values}
    labels = {
        (facet, code): (nl, en)[language == "en"]
        for facet, code, nl, en in FacetValue.objects.filter(code__in=codes).values_list(
            "facet", "code", "label_nl", "label_en"
        )
    }
    labels |= {("kind", kind.name): str(kind.label_plural) for kind in kinds}
    names = {"kind": _("Kind"), **COMMON_LABELS, **{n: label for k in kinds for n, label in k.facets.items()}}
    groups = []
    for name, numbers in counts.items():
        chosen = wanted.kinds if name == "kind" else wanted.facets.get(name, ())
        values = [
            Value(code, labels.get((name, code), code), number, code in chosen)
            for code, number in {**numbers, **{c: numbers.get(c, 0) for c in chosen}}.items()
        ]
        values = [v for i, v in enumerate(values) if i < VALUES_SHOWN or v.chosen]
        if values:
            groups.append(
                FacetGroup(name, str(names[name]), values, bool(chosen) or len(groups) < FACETS_OPEN)
            )
    return groups
