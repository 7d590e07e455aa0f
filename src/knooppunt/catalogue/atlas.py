# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The map: cards with a position on an outline of the country, as server-rendered SVG.

Projection: equirectangular around 52.2° N, accurate to a few percent over the Netherlands. Points that
fall together are drawn as one, so that the drawing does not grow with the number of cards.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from knooppunt.catalogue.models import Card
from knooppunt.catalogue.outline import RINGS

WEST, EAST, SOUTH, NORTH = 3.2, 7.35, 50.7, 53.65
WIDTH = 600.0
SCALE = WIDTH / ((EAST - WEST) * math.cos(math.radians(52.2)))
HEIGHT = (NORTH - SOUTH) * SCALE
Ring = list[tuple[float, float]]


class BoundariesError(ValueError):
    """A boundaries file that cannot be used; the message says what to give instead."""


@dataclass(frozen=True)
class Spot:
    """One drawn point: where, how large, and the cards that lie there."""

    x: float
    y: float
    radius: float
    place: str
    cards: tuple[Card, ...]


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees to drawing units; y grows downwards."""
    x = (longitude - WEST) * math.cos(math.radians(52.2)) * SCALE
    return round(x, 1), round((NORTH - latitude) * SCALE, 1)


def spots(cards: Iterable[Card]) -> list[Spot]:
    """Cards within the frame, those in the same 2 × 2 units together, largest first so none is hidden."""
    cells: dict[tuple[int, int], list[Card]] = defaultdict(list)
    for card in cards:
        if card.longitude is None or card.latitude is None:
            continue
        x, y = project(card.longitude, card.latitude)
        if 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
            cells[round(x / 2), round(y / 2)].append(card)
    found = [
        Spot(x * 2, y * 2, round(5 + 2 * math.sqrt(len(here)), 1), here[0].place, tuple(here))
        for (x, y), here in cells.items()
    ]
    return sorted(found, key=lambda spot: (-len(spot.cards), spot.place))


def land() -> str:
    """The outline as SVG path data: from the loaded boundaries when there are, else our own table.

    All rings in one path, to be filled by the even-odd rule: a ring inside another is water.
    """
    file = boundaries_file()
    return _paths(file, file.stat().st_mtime_ns) if file.exists() else _own_paths()


def boundaries_file() -> Path:
    return Path(settings.DATA) / "boundaries.json"


def load_boundaries(file: Path) -> int:
    """Take the outer and inner rings of a GeoJSON file in WGS 84; returns how many rings were kept.

    Rings are thinned to the resolution of the drawing (half a unit) and written atomically.
    """
    try:
        rings = [thin for ring in _rings(_read(file)) if len(thin := _thin(ring)) >= 4]
    except (TypeError, ValueError, RecursionError) as error:
        if isinstance(error, BoundariesError):
            raise
        raise BoundariesError(f"{file}: coordinates must be lists of numbers, as in GeoJSON") from error
    if not rings:
        raise BoundariesError(f"{file}: no (multi)polygons within the Netherlands; give GeoJSON in WGS 84")
    target = boundaries_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".partial")
    partial.write_text(json.dumps(rings), encoding="utf-8")
    partial.replace(target)
    return len(rings)


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BoundariesError(f"{file}: cannot be read as JSON ({error}); give a GeoJSON file") from error


def _rings(value: Any) -> Iterable[Ring]:
    """All rings of all polygons in a GeoJSON value."""
    if not isinstance(value, dict):
        return
    for member in [*(value.get("features") or ()), *(value.get("geometries") or ()), value.get("geometry")]:
        yield from _rings(member)
    polygons = {"Polygon": lambda c: [c], "MultiPolygon": lambda c: c}.get(value.get("type", ""))
    if polygons is None:
        return
    for polygon in polygons(value.get("coordinates") or []):
        for ring in polygon:
            points = [(float(x), float(y)) for x, y, *_ in ring]
            if any(WEST <= x <= EAST and SOUTH <= y <= NORTH for x, y in points):
                yield points


def _thin(ring: Ring) -> Ring:
    kept: Ring = []
    for point in ring:
        if not kept or math.dist(project(*point), project(*kept[-1])) >= 0.5:
            kept.append((round(point[0], 4), round(point[1], 4)))
    return kept


@lru_cache(maxsize=2)
def _paths(file: Path, _modified: int) -> str:
    return "".join(map(_path, json.loads(file.read_text(encoding="utf-8"))))


@lru_cache(maxsize=1)
def _own_paths() -> str:
    rings = [[tuple(map(float, pair.split(","))) for pair in ring.split()] for ring in RINGS]
    return "".join(map(_path, rings))


def _path(ring: Ring) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in (project(*point) for point in ring)) + "Z"
