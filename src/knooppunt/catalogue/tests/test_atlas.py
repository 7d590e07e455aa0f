# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The map: places where they belong, and boundaries from a file."""

from __future__ import annotations

import json

import pytest

from knooppunt.catalogue import atlas
from knooppunt.catalogue.models import Card


def square(x: float, y: float) -> list[list[float]]:
    return [[x, y], [x + 0.5, y], [x + 0.5, y + 0.5], [x, y + 0.5], [x, y]]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


def inside(x: float, y: float) -> bool:
    """Even-odd ray casting on the drawn outline: crossings of all rings together."""
    crossings = 0
    for ring in atlas.land().split("Z")[:-1]:
        points = [tuple(map(float, pair.split())) for pair in ring[1:].split("L")]
        for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                crossings += 1
    return crossings % 2 == 1


@pytest.mark.parametrize(
    ("place", "longitude", "latitude", "land"),
    [
        ("Utrecht", 5.12, 52.09, True), ("Groningen", 6.57, 53.22, True), ("Maastricht", 5.69, 50.85, True),
        ("Middelburg", 3.61, 51.50, True), ("North Sea", 3.9, 52.6, False), ("Antwerp", 4.40, 51.22, False),
        ("IJsselmeer", 5.30, 52.80, False), ("Markermeer", 5.20, 52.50, False),
        ("Wadden Sea", 5.05, 53.15, False),
        ("Germany", 7.2, 52.0, False),
    ],
)  # fmt: skip
def test_the_outline_holds_what_is_land_and_nothing_else(place, longitude, latitude, land):
    x, y = atlas.project(longitude, latitude)
    assert inside(x, y) == land


def test_cards_in_one_place_are_one_larger_spot():
    cards = [Card(latitude=52.09, longitude=5.12, place="Utrecht") for _ in range(4)]
    cards += [Card(latitude=53.22, longitude=6.57, place="Groningen"), Card(place="nowhere"),
              Card(latitude=0, longitude=0, place="outside")]  # fmt: skip
    utrecht, groningen = atlas.spots(cards)
    assert (utrecht.place, len(utrecht.cards), groningen.place) == ("Utrecht", 4, "Groningen")
    assert utrecht.radius > groningen.radius


def test_boundaries_from_a_file_replace_the_outline(tmp_path):
    file = tmp_path / "grenzen.geojson"
    shape = {"type": "MultiPolygon", "coordinates": [[square(5, 52)], [square(6, 53)], [square(100, 0)]]}
    file.write_text(
        json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": shape}]})
    )
    assert atlas.load_boundaries(file) == 2
    assert atlas.land().count("M") == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no json", "cannot be read as JSON"),
        ("[]", "no (multi)polygons"),
        ('{"type": "FeatureCollection", "features": []}', "no (multi)polygons"),
        ('{"type": "Polygon", "coordinates": [[["a", 1]]]}', "numbers"),
        ('{"type": "Polygon", "coordinates": "x"}', "numbers"),
        ('{"type": "FeatureCollection", "features": 3}', "numbers"),
    ],
)
def test_a_wrong_file_is_refused_with_a_cure_and_changes_nothing(tmp_path, text, said):
    file = tmp_path / "wrong.geojson"
    file.write_text(text)
    with pytest.raises(atlas.BoundariesError) as error:
        atlas.load_boundaries(file)
    assert said in str(error.value)
    assert not atlas.boundaries_file().exists()


def test_the_official_provinces_can_be_loaded(shared):
    assert atlas.load_boundaries(shared / "data/cases/01-geo/provinciegrenzen.json") > 12
    x, y = atlas.project(5.12, 52.09)
    assert inside(x, y)
