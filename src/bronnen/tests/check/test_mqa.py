# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The quality score, worked out by hand for each indicator, and held against the published vocabulary."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from bronnen.check import mqa
from bronnen.check.model import Severity
from bronnen.records import DataService, Dataset, Distribution, Iri, Literal

EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
PV = "https://piveau.eu/ns/voc#"
X = (Literal("x"),)

#: What is given, which indicators are met, and what the published points of those add up to.
DATASETS = [
    ({}, set(), 0),
    ({"keyword": X}, {"keywordAvailability"}, 30),
    ({"theme": (Iri("https://e.org/mine"),)}, {"categoryAvailability"}, 30),
    ({"spatial": X}, {"spatialAvailability"}, 20),
    ({"temporal": X}, {"temporalAvailability"}, 20),
    ({"access_rights": X}, {"accessRightsAvailability"}, 10),
    ({"access_rights": (Iri(EU + "access-right/PUBLIC"),)},
     {"accessRightsAvailability", "accessRightsVocabularyAlignment"}, 15),
    ({"contact": X}, {"contactPointAvailability"}, 20),
    ({"publisher": X}, {"publisherAvailability"}, 10),
]  # fmt: skip
DISTRIBUTIONS = [
    ({"access_url": (Iri("https://e.org/200"),)}, {"accessUrlStatusCode"}, 50),
    ({"access_url": (Iri("https://e.org/404"),)}, set(), 0),
    ({"access_url": (Iri("https://e.org/never"),)}, set(), 0),
    ({"download_url": (Iri("https://e.org/404"),)}, {"downloadUrlAvailability"}, 20),
    ({"download_url": (Iri("https://e.org/200"),)}, {"downloadUrlAvailability", "downloadUrlStatusCode"}, 50),
    ({"format": (Literal("CSV"),)}, {"formatAvailability"}, 20),
    ({"format": (Iri(EU + "file-type/PDF"),)}, {"formatAvailability"}, 20),
    ({"format": (Iri(EU + "file-type/XLSX"),)},
     {"formatAvailability", "formatMediaTypeMachineInterpretable"}, 40),
    ({"format": (Iri(EU + "file-type/ZIP"),)}, {"formatAvailability", "formatMediaTypeNonProprietary"}, 40),
    ({"format": (Iri(EU + "file-type/CSV"),)},
     {"formatAvailability", "formatMediaTypeNonProprietary", "formatMediaTypeMachineInterpretable"}, 60),
    ({"media_type": (Iri(IANA + "text/csv"),)}, {"mediaTypeAvailability"}, 10),
    ({"format": (Iri(EU + "file-type/PDF"),), "media_type": (Iri(IANA + "application/pdf"),)},
     {"formatAvailability", "mediaTypeAvailability", "formatMediaTypeVocabularyAlignment"}, 40),
    ({"license": X}, {"licenceAvailability"}, 20),
    ({"license": (Iri(EU + "licence/CC_BY_4_0"),)}, {"licenceAvailability", "knownLicence"}, 30),
    ({"rights": X}, {"rightsAvailability"}, 5),
    ({"byte_size": X}, {"byteSizeAvailability"}, 5),
    ({"issued": X}, {"dateIssuedAvailability"}, 5),
    ({"modified": X}, {"dateModifiedAvailability"}, 5),
]  # fmt: skip


def status(address: str) -> int | None:
    last = address.rsplit("/", 1)[1]
    return int(last) if last.isdigit() else None


def names(mask: int) -> set[str]:
    return {name for name, one in mqa.indicators().items() if mask & one.bit}


@pytest.mark.parametrize(("given", "met", "points"), DATASETS)
def test_indicators_of_a_dataset(given, met, points):
    mask = mqa.of_dataset(Dataset(**given))
    assert names(mask) == met
    assert mqa.points(mask) == points


@pytest.mark.parametrize(("given", "met", "points"), DISTRIBUTIONS)
def test_indicators_of_a_distribution(given, met, points):
    mask = mqa.of_distribution(Distribution(**given), status)
    assert names(mask) == met
    assert mqa.points(mask) == points


def test_every_indicator_has_an_example():
    shown = set().union(*(met for _, met, _ in DATASETS + DISTRIBUTIONS)) | {"dcatApCompliance"}
    assert shown == set(mqa.indicators())
    assert mqa.points((1 << len(mqa.indicators())) - 1) == mqa.MOST == 405


def test_what_is_no_distribution_has_none_of_its_points():
    assert mqa.of_distribution(DataService(license=X), status) == 0


def test_only_the_best_distribution_counts():
    two = {"a": mqa.of_distribution(Distribution(license=X), status),
           "b": mqa.of_distribution(Distribution(rights=X, byte_size=X), status)}  # fmt: skip
    score = mqa.Assessment(0, two, compliant=True).score("d", "")
    # 20 for the licence of the best one + 30 for conformance; the 10 of the other do not count.
    assert (score.total, score.rating) == (50, "bad")


def test_what_a_repair_gives():
    (rule,) = [one.rule for one in mqa.indicators().values() if one.name == "licenceAvailability"]
    without = mqa.Assessment(0, {"a": 0, "b": mqa.of_distribution(Distribution(format=X), status)})
    # On the worse one: 20 for a licence is as good as 20 for a format. On the better one: 20 more.
    assert without.gain(rule, {"a"}, makes_compliant=False) == 0
    assert without.gain(rule, {"a", "b"}, makes_compliant=False) == 20
    assert without.gain(rule, {"a", "b"}, makes_compliant=True) == 50


@pytest.mark.parametrize(
    ("total", "rating"),
    [(405, "excellent"), (351, "excellent"), (350, "good"), (221, "good"), (220, "sufficient"),
     (121, "sufficient"), (120, "sufficient"), (119, "bad"), (0, "bad")],
)  # fmt: skip
def test_ratings_begin_where_the_published_ones_do(total, rating):
    assert mqa.rating(total) == rating


def test_indicators_are_hints_until_a_profile_asks_for_them():
    assert {one.rule.severity for one in mqa.indicators().values()} == {Severity.INFO}


def test_points_are_those_of_the_published_vocabulary(shared: Path):
    store = ox.Store()
    store.load(path=str(shared / "dcat/vocab/piveau-dqv-vocabulary.ttl"), format=ox.RdfFormat.TURTLE)
    published = {
        quad.subject.value.removeprefix(PV): int(quad.object.value)
        for quad in store.quads_for_pattern(None, ox.NamedNode(PV + "trueScore"), None)
    }
    assert published == {name: one.points for name, one in mqa.indicators().items()}
