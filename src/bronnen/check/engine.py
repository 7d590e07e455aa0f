# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A check of a folder of records: dataset by dataset, each with its distributions, in bounded memory."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from bronnen.check import fair, mqa, quality
from bronnen.check.conditions import Conditions
from bronnen.check.index import Index
from bronnen.check.model import Finding, Rule, Score, Severity
from bronnen.check.requirements import Plan, plans
from bronnen.check.walk import Walker
from bronnen.records import Agent, Dataset, Distribution, Iri, Thing, from_json, text
from bronnen.vocabulary import DCAT, FOAF

_DISTRIBUTION: Final = DCAT + "distribution"
_MOST_NAMES: Final = 10_000
Item = Finding | Score


class Links(Protocol):
    """What is known of addresses from earlier requests."""

    def status(self, address: str) -> int | None:
        """The last HTTP status, 0 when nothing answered, None when it was never asked."""

    def file_rules(self, address: str, distribution: Distribution) -> list[str]:
        """The rules of the quality table that the file at an address breaks."""


@dataclass(slots=True)
class _Case:
    """One dataset under examination; findings each with the key of the distribution they are about."""

    dataset: Dataset
    id: str
    publisher: str
    parts: list[tuple[str, str, Thing]]
    found: list[tuple[str, Finding]] = field(default_factory=list)


class Check:
    """Holds the records of one folder against a profile, or against `asked` in the place of its tables.

    `exact`: see `Walker`. `public`: nothing that may be the name of a person is told.
    """

    def __init__(
        self, folder: Path, profile: str, exact: bool = False, links: Links | None = None,
        asked: Mapping[str, Plan] | None = None, public: bool = False,
    ) -> None:  # fmt: skip
        self._public = public
        asked = plans(profile) if asked is None else asked
        ranges = {values.range_iri for plan in asked.values() for values in plan.values.values()}
        self.index = Index(folder, ranges - {""}, exact)
        self.measured = links is not None
        self.fair = [0] * len(fair.TESTS)
        self._links = links
        self._walker = Walker(asked, self.index, exact)
        self._conditions = Conditions(profile, self.index)
        self._names: dict[str, str] = {}
        self._catalogue = ""

    def run(self) -> Iterator[Item]:
        """Everything found, and a score for each dataset after its findings."""
        for kind, line, catalogue in self.index.lines():
            self._catalogue = catalogue
            if kind != "Distribution":
                record = from_json(json.loads(line))
                yield from self._dataset(record) if isinstance(record, Dataset) else self._other(record)
        for kind, line, _ in self.index.lines():
            if kind == "Distribution":
                record = from_json(json.loads(line))
                if self.index.take(record.id or ""):
                    yield from self._other(record)
        self.index.close()

    def _other(self, record: Thing) -> Iterator[Finding]:
        focus = record.id or ""
        if self._public and focus.startswith(("mailto:", "tel:")):
            focus = focus.partition(":")[0] + ":…"
        yield from self._walker.findings(record, focus)
        yield from self._conditions.of(record)

    def _dataset(self, dataset: Dataset) -> Iterator[Item]:
        id_ = dataset.id or ""
        case = _Case(dataset, id_, self._publisher(dataset), list(self._parts(dataset)))
        case.found += [("", one) for one in self._walker.findings(dataset, id_, apart=_DISTRIBUTION)]
        case.found += [("", Finding(rule, id_, rule.path)) for rule in quality.of_dataset(dataset)]
        for key, focus, part in case.parts:
            within = (_DISTRIBUTION,) if part.id is None else ()
            if part.id is None or self.index.take(focus):
                case.found += [(key, one) for one in self._walker.findings(part, focus, within)]
                case.found += [(key, one) for one in self._of_links(part, focus, within)]
        conditional = self._conditions.of_dataset(dataset, [(key, part) for key, _, part in case.parts])
        keys = {key: focus for key, focus, _ in case.parts}
        for one in conditional:
            key, one.focus = (one.focus, keys[one.focus]) if one.focus in keys else ("", one.focus)
            case.found.append((key, one))
        yield from self._scored(case)

    def _parts(self, dataset: Dataset) -> Iterator[tuple[str, str, Thing]]:
        """Key, focus and record of each distribution; one without IRI has its dataset as focus."""
        for number, value in enumerate(dataset.distribution):
            if isinstance(value, Thing):
                yield f"{dataset.id}#{number}", dataset.id or "", value
            elif isinstance(value, Iri) and (part := self.index.fetch(value.iri)) is not None:
                yield value.iri, value.iri, part

    def _scored(self, case: _Case) -> Iterator[Item]:
        """The findings of a dataset with their points, then its score."""
        violated = {one.rule for _, one in case.found if _breaks_dcat_ap(one.rule)}
        status = self._links.status if self._links is not None else _never
        assessment = mqa.Assessment(
            mqa.of_dataset(case.dataset),
            {key: mqa.of_distribution(part, status) for key, _, part in case.parts},
            compliant=not violated,
        )
        repairs = 0
        for _, one in case.found:
            repairs |= mqa.repaired(one.rule)
        foci = {key: (focus, part.id is None) for key, focus, part in case.parts}
        for key, rule in mqa.missing(assessment, repairs, self.measured):
            focus, nested = foci.get(key, (case.id, False))
            case.found.append((key, Finding(rule, focus, rule.path, (_DISTRIBUTION,) if nested else ())))
        self._give_points(case, assessment, violated)
        yield from (one for _, one in case.found)
        for at, met in enumerate(
            fair.tests(case.dataset, [part for _, _, part in case.parts], assessment.mask())
        ):
            self.fair[at] += met
        score = assessment.score(case.id, case.publisher)
        score.catalogue = self._catalogue
        score.title = text(case.dataset.title) or ""
        score.violations = sum(one.rule.severity is Severity.VIOLATION for _, one in case.found)
        score.warnings = sum(one.rule.severity is Severity.WARNING for _, one in case.found)
        yield score

    def _give_points(self, case: _Case, assessment: mqa.Assessment, violated: set[Rule]) -> None:
        parts: dict[Rule, set[str]] = {}
        for key, one in case.found:
            one.dataset, one.publisher = case.id, case.publisher
            parts.setdefault(one.rule, set()).add(key)
        given: set[Rule] = set()
        for _, one in case.found:
            if one.rule not in given:
                given.add(one.rule)
                one.points = assessment.gain(one.rule, parts[one.rule] - {""}, violated == {one.rule})

    def _of_links(self, part: Thing, focus: str, within: tuple[str, ...]) -> Iterator[Finding]:
        if self._links is None or not isinstance(part, Distribution):
            return
        for name, values in (("accessURL", part.access_url), ("downloadURL", part.download_url)):
            for iri in mqa.iris(values):
                status = self._links.status(iri)
                if status is not None and not 200 <= status < 400:
                    rule = quality.rules()[f"Distribution.dcat:{name}.link"]
                    yield Finding(rule, focus, rule.path, within, iri)
        for iri in mqa.iris(part.download_url):
            for name in self._links.file_rules(iri, part):
                rule = quality.rules()[f"Distribution.file.{name}"]
                yield Finding(rule, focus, rule.path, within, iri)

    def _publisher(self, dataset: Dataset) -> str:
        """The name of the publishing organisation, or its IRI; never the name of a person."""
        for value in dataset.publisher:
            if isinstance(value, Thing):
                return self._name(value)
            if isinstance(value, Iri):
                return self._named(value.iri)
        return ""

    def _named(self, iri: str) -> str:
        if (known := self._names.get(iri)) is None:
            agent = self.index.fetch(iri)
            known = self._name(agent) if agent is not None and agent.types else iri
            if len(self._names) < _MOST_NAMES:
                self._names[iri] = known
        return known

    def _name(self, agent: Thing) -> str:
        """For `public`, who is only called an agent must have an address of its own to be no person."""
        is_known = not self._public or (agent.id or "").startswith("http")
        is_known = is_known or any(type_.endswith("Organization") for type_ in agent.types)
        if FOAF + "Person" in agent.types or not isinstance(agent, Agent) or not is_known:
            return agent.id or ""
        return text(agent.name) or agent.id or ""


def _breaks_dcat_ap(rule: Rule) -> bool:
    return rule.layer in ("dcat-ap", "shapes") and rule.severity is Severity.VIOLATION


def _never(address: str) -> None:
    """Of no address is anything known."""
