# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Our tables find what the official shapes find, on real catalogues and on wrong ones."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from bronnen.tests.check import oracle
from bronnen.tests.check.catalogues import PREFIXES, WHOLE

FILES = (
    "real/de-brandenburg.ttl.gz", "real/be-ldes-page-0018.trig.gz", "real/es/E_DCAT-AP-ES_Catalog_NSIP.rdf",
    "real/ckanext-dcat/catalog.rdf", "real/ckanext-dcat/dataset_sweden.rdf", "real/udata/geonetwork.xml",
    "real/udata/udata.xml", "nl/examples/dcatDatasetSeries-1.ttl",
    "iso-tests/basic_dataset/expected_output.rdf",
    "iso-tests/multilingual-metadata/expected_output.ttl",
    "eu/examples/hvd-example-data_service_terms_sla.ttl",
)  # fmt: skip
#: Each is put in the place of a good one in a catalogue that is right otherwise.
WRONG = {
    "dct:title \"Bomen\"@nl": ("", "dct:title e:title", 'dct:title "A", "B"@en'),
    "dct:creator e:town ;": ("", 'dct:creator "Town" ;', "dct:creator [] ;", "dct:creator e:csv ;"),
    'dct:identifier "trees"': ("dct:identifier e:trees", 'dct:identifier "a", "b"', "dct:identifier 1"),
    '"1000"^^xsd:nonNegativeInteger': ('"1000"', '"-1"^^xsd:nonNegativeInteger', '1000, 2000', "e:size"),
    "dcat:accessURL e:get": ("", 'dcat:accessURL "https://e.org/get"', "dcat:accessURL e:get, e:get2"),
    "dct:temporal [ a dct:PeriodOfTime ;": ("dct:temporal [", "dct:temporal [ a foaf:Agent ;"),
    "e:town a foaf:Organization ;": ("e:town a foaf:Agent ;", "e:town", "e:town a dcat:Dataset ;"),
    "e:trees a dcat:Dataset ;": ("e:trees a dcat:Dataset, dcat:DatasetSeries ;", "e:trees a dcat:Catalog ;",
                                 "e:trees a dcat:DataService ;", "e:trees a dcat:CatalogRecord ;"),
    'dcat:keyword "boom"@nl': (
        'spdx:checksum [ a spdx:Checksum ; spdx:checksumValue "xyz"^^xsd:hexBinary ]',
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "profile"), [(name, "nl") for name in FILES] + [(name, "eu") for name in FILES[2:]]
)
def test_real_catalogues_give_what_the_official_shapes_give(
    shared: Path, tmp_path: Path, name: str, profile: str
):
    turtle = oracle.collected(shared / "dcat" / name, tmp_path)
    found, expected = oracle.ours(tmp_path, profile), oracle.theirs(turtle, oracle.shapes(shared, profile))
    assert found <= expected
    # What they alone find is about things to which the file itself gives a broader class.
    assert {key[0] for key in expected - found} <= oracle.broadened(turtle)
    assert expected


def test_wrong_values_give_what_the_official_shapes_give(shared: Path, tmp_path: Path):
    graph = oracle.shapes(shared, "nl")
    texts = [WHOLE, PREFIXES + "e:x a dcat:Catalog .", PREFIXES + "e:x a dcat:Distribution, skos:Concept ."]
    texts += [WHOLE.replace(good, bad) for good, many in WRONG.items() for bad in many]
    for number, text in enumerate(texts):
        (source := tmp_path / f"{number}.ttl").write_text(text, encoding="utf-8")
        turtle = oracle.collected(source, folder := tmp_path / str(number))
        found = oracle.ours(folder, "nl")
        assert found, text
        assert found == oracle.theirs(turtle, graph), text


def test_a_second_engine_agrees(shared: Path, tmp_path: Path):
    turtle = oracle.collected(shared / "dcat/real/be-ldes-page-0018.trig.gz", tmp_path)
    found = {key for key in oracle.ours(tmp_path, "nl") if not key[1]}
    assert found == oracle.of_rudof(turtle, oracle.shapes(shared, "nl"))


def test_every_good_value_that_is_replaced_is_in_the_catalogue():
    assert all(good in WHOLE for good in WRONG)
    assert len(set(itertools.chain(*WRONG.values()))) > 20
