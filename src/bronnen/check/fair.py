# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A view by the FAIR principles (Wilkinson et al., 2016) of what the metadata of a dataset let one see.

No score of an assessment tool: each test is one statement about the metadata, under the principle it serves.
"""

from __future__ import annotations

from typing import Final

from bronnen.check.mqa import indicators, iris
from bronnen.records import Dataset, Distribution, Iri, Thing
from bronnen.vocabulary import DCT

#: Principle and test, in the order in which they are told.
TESTS: Final = (
    "F1 has an address and an identifier", "F2 is described with title, description, keyword and theme",
    "F3 names where the data are", "F4 has a theme of the EU list", "A1 is reached over http(s)",
    "A1.2 says who may have it", "A2 has a landing page of its own",
    "I1 has a format that a computer can read", "I2 takes format and media type from value lists",
    "I3 refers to standards or other data",
    "R1 says its period or area", "R1.1 has a known licence", "R1.2 names who made or published it",
    "R1.3 conforms to DCAT-AP",
)  # fmt: skip


def tests(dataset: Dataset, parts: list[Thing], mask: int) -> tuple[bool, ...]:
    """The outcome of each test; `mask` is what the dataset meets of the quality score."""

    def met(*names: str) -> bool:
        return all(mask & indicators()[name].bit for name in names)

    addresses = [
        iri
        for part in parts
        if isinstance(part, Distribution)
        for iri in iris(part.access_url + part.download_url)
    ]
    themes = any("authority/data-theme/" in iri for iri in iris(dataset.theme))
    linked = any(isinstance(value, Iri) for value in dataset.other.get(DCT + "relation", ()))
    return (
        (dataset.id or "").startswith("http") and bool(dataset.identifier),
        bool(dataset.title and dataset.description) and met("keywordAvailability", "categoryAvailability"),
        bool(addresses),
        themes,
        any(address.startswith("http") for address in addresses),
        met("accessRightsAvailability"),
        bool(dataset.landing_page),
        met("formatMediaTypeMachineInterpretable"),
        met("formatMediaTypeVocabularyAlignment"),
        bool(dataset.conforms_to or dataset.series or linked),
        bool(dataset.spatial or dataset.temporal),
        met("knownLicence"),
        bool(dataset.creator or dataset.publisher),
        met("dcatApCompliance"),
    )
