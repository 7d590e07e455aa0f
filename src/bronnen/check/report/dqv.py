# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Measurements in the Data Quality Vocabulary of W3C, as data.europa.eu keeps them, in Turtle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final

import pyoxigraph as ox

from bronnen.check.model import Score
from bronnen.check.run import Result
from bronnen.vocabulary import TYPE, XSD
from bronnen.writers.rdf import fit_iri

DQV: Final = "http://www.w3.org/ns/dqv#"
PV: Final = "https://piveau.eu/ns/voc#"


def write(result: Result, output: IO[bytes], language: str) -> None:
    """For each dataset one measurement of each indicator and one of the score; no text, so no language."""
    prefixes = {"dqv": DQV, "pv": PV, "xsd": XSD}
    ox.serialize(_statements(result), output, ox.RdfFormat.TURTLE, prefixes=prefixes)


def _statements(result: Result) -> Iterator[ox.Triple]:
    number = 0
    for item in result.items():
        if isinstance(item, Score):
            values = {name: ox.Literal(met) for name, met in item.met.items()}
            for name, value in (values | {"score": ox.Literal(item.total)}).items():
                number += 1
                yield from _measurement(ox.BlankNode(f"m{number}"), fit_iri(item.dataset), name, value)


def _measurement(
    node: ox.BlankNode, dataset: ox.NamedNode, name: str, value: ox.Literal
) -> Iterator[ox.Triple]:
    yield ox.Triple(dataset, ox.NamedNode(DQV + "hasQualityMeasurement"), node)
    yield ox.Triple(node, ox.NamedNode(TYPE), ox.NamedNode(DQV + "QualityMeasurement"))
    yield ox.Triple(node, ox.NamedNode(DQV + "isMeasurementOf"), ox.NamedNode(PV + name))
    yield ox.Triple(node, ox.NamedNode(DQV + "computedOn"), dataset)
    yield ox.Triple(node, ox.NamedNode(DQV + "value"), value)
