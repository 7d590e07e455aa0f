# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The challenges that cards are about, by the labels that they have in the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knooppunt.catalogue.kinds import Facet, Text
from knooppunt.catalogue.models import FacetValue
from knooppunt.web.once import once


def facets(codes: Iterable[str]) -> Iterator[Facet]:
    """These challenges as facets; what is no challenge is left out."""
    known = once("challenges", _read)
    return (known[code] for code in dict.fromkeys(codes) if code in known)


def _read() -> dict[str, Facet]:
    values = FacetValue.objects.filter(facet="challenge")
    return {v.code: Facet("challenge", v.code, Text(v.label_nl, v.label_en)) for v in values}
