# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The Metadata Quality Assessment of data.europa.eu: 405 points, exactly the published indicators.

A dataset has the points of its own indicators and those of its best distribution, as the portal counts them.
Whether addresses answer is known only after links were checked; until then those 80 points are not given, and
the totals say that they were not measured.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from bronnen.check.model import Message, Rule, Score, Severity
from bronnen.check.names import long, short
from bronnen.check.tables import table
from bronnen.check.vocabularies import vocabulary
from bronnen.records import Dataset, Distribution, Iri, Thing, Values

#: The HTTP status that an address gave when it was last asked; None when it was never asked.
Status = Callable[[str], int | None]
MOST: Final = 405
_COMPLIANCE: Final = "dcatApCompliance"


@dataclass(frozen=True, slots=True, eq=False)
class Indicator:
    """One published indicator, as a bit in a mask."""

    name: str
    dimension: str
    points: int
    of_distribution: bool
    bit: int
    repairs: frozenset[str]
    rule: Rule


@cache
def indicators() -> dict[str, Indicator]:
    """The indicators by name, in the order of the table."""
    return {
        row["name"]: Indicator(
            row["name"], row["dimension"], row["points"], row["of"] == "distribution", 1 << at,
            frozenset(row["repairs"]),
            Rule(
                f"mqa.{row['name']}", "mqa", long(f"dcat:{row['of'].capitalize()}"), long(row["path"]),
                "indicator", Severity.INFO, Message(row["nl"], row["en"]),
            ),
        )
        for at, row in enumerate(table("mqa")["indicators"])
    }  # fmt: skip


@cache
def points(mask: int) -> int:
    """What the indicators in a mask add up to."""
    return sum(one.points for one in indicators().values() if mask & one.bit)


def rating(total: int) -> str:
    """The published rating of a number of points."""
    return str(next(name for name, least in table("mqa")["ratings"].items() if total >= least))


def _mask(names: dict[str, bool]) -> int:
    return sum(indicators()[name].bit for name, met in names.items() if met)


def of_dataset(dataset: Dataset) -> int:
    """The indicators that a dataset itself meets, but for conformance."""
    rights = vocabulary("access-right")
    return _mask({
        "keywordAvailability": bool(dataset.keyword),
        "categoryAvailability": bool(dataset.theme),
        "spatialAvailability": bool(dataset.spatial),
        "temporalAvailability": bool(dataset.temporal),
        "accessRightsAvailability": bool(dataset.access_rights),
        "accessRightsVocabularyAlignment": any(rights.find(iri) for iri in iris(dataset.access_rights)),
        "contactPointAvailability": bool(dataset.contact),
        "publisherAvailability": bool(dataset.publisher),
    })  # fmt: skip


def of_distribution(thing: Thing, status: Status) -> int:
    """The indicators that a distribution meets."""
    if not isinstance(thing, Distribution):
        return 0
    formats, media, licences = iris(thing.format), iris(thing.media_type), iris(thing.license)
    file_types, media_types, known = map(vocabulary, ("file-type", "media-type", "licence"))
    both = [*formats, *media]
    return _mask({
        "accessUrlStatusCode": any(status(iri) == 200 for iri in iris(thing.access_url)),
        "downloadUrlAvailability": bool(thing.download_url),
        "downloadUrlStatusCode": any(status(iri) == 200 for iri in iris(thing.download_url)),
        "formatAvailability": bool(thing.format),
        "mediaTypeAvailability": bool(thing.media_type),
        "formatMediaTypeVocabularyAlignment":
            any(map(file_types.find, formats)) and any(map(media_types.find, media)),
        "formatMediaTypeNonProprietary": any(file_types.has(iri, "non-proprietary") for iri in both),
        "formatMediaTypeMachineInterpretable": any(file_types.has(iri, "machine-readable") for iri in both),
        "licenceAvailability": bool(thing.license),
        "knownLicence": any(map(known.find, licences)),
        "rightsAvailability": bool(thing.rights),
        "byteSizeAvailability": bool(thing.byte_size),
        "dateIssuedAvailability": bool(thing.issued),
        "dateModifiedAvailability": bool(thing.modified),
    })  # fmt: skip


def iris(values: Values) -> list[str]:
    """The references among values, also of things without IRI that stand for one."""
    return [value.iri for value in values if isinstance(value, Iri)]


@dataclass(slots=True)
class Assessment:
    """One dataset with its distributions: what they meet, and what a repair would give.

    `parts` are the masks of the distributions, each under a key of its own.
    """

    own: int
    parts: dict[str, int] = field(default_factory=dict)
    compliant: bool = False

    def mask(self, more: dict[str, int] | None = None, own: int = 0, compliant: bool = False) -> int:
        """What the dataset meets with its best distribution, given what a repair adds to each."""
        adds = more or {}
        best = max((mask | adds.get(key, 0) for key, mask in self.parts.items()), key=points, default=0)
        bit = indicators()[_COMPLIANCE].bit if self.compliant or compliant else 0
        return self.own | own | best | bit

    def score(self, dataset: str, publisher: str) -> Score:
        """The score as it is."""
        mask = self.mask()
        met = {name: bool(mask & one.bit) for name, one in indicators().items()}
        total = points(mask)
        return Score(dataset, publisher, met, total, rating(total))

    def gain(self, rule: Rule, parts: set[str], makes_compliant: bool) -> int:
        """Points more when this rule is met by the dataset and by these distributions."""
        bits = repaired(rule)
        if not bits and not makes_compliant:
            return 0
        more = dict.fromkeys(parts, bits & _of_parts())
        return points(self.mask(more, bits & ~_of_parts(), makes_compliant)) - points(self.mask())


@cache
def _of_parts() -> int:
    return sum(one.bit for one in indicators().values() if one.of_distribution)


@cache
def repaired(rule: Rule) -> int:
    """The indicators, as a mask, that are met once a rule is."""
    on_part = rule.class_.endswith("#Distribution")
    name = f"{short(rule.path)}.{rule.constraint}"
    return sum(
        one.bit
        for one in indicators().values()
        if rule is one.rule or (on_part == one.of_distribution and name in one.repairs)
    )


def missing(assessment: Assessment, repairs: int, measured: bool) -> list[tuple[str, Rule]]:
    """The indicators that are not met and are not among `repairs`; the key of a distribution, or nothing."""
    mask = assessment.mask() | repairs
    result = []
    for one in indicators().values():
        if mask & one.bit or one.name == _COMPLIANCE or (one.name.endswith("StatusCode") and not measured):
            continue
        parts = [key for key, met in assessment.parts.items() if not met & one.bit]
        result += [(key, one.rule) for key in (parts if one.of_distribution else [""])]
    return result
