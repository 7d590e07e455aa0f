# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fix this first: findings grouped by cause, the repair that brings most on top.

Memory is bounded by the number of rules and of publishers, and not by that of findings.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from bronnen.check.model import Finding, Rule, Score, Severity

#: What a repair is worth beside its points, for each dataset in which it is done.
WORTH: Final = {Severity.VIOLATION: 10, Severity.WARNING: 1, Severity.INFO: 0}
WORTH_DUTY: Final = 100
_EXAMPLES: Final = 5
_MOST_VALUES: Final = 1_000
_MOST_PUBLISHERS: Final = 2_000


@dataclass(slots=True)
class Cause:
    """All findings of one rule."""

    rule: Rule
    findings: int = 0
    datasets: int = 0
    points: int = 0
    examples: list[str] = field(default_factory=list)
    values: Counter[str] = field(default_factory=Counter)
    _last: str = ""

    def add(self, finding: Finding) -> None:
        """One finding; those of a dataset come together."""
        self.findings += 1
        self.points += finding.points
        if finding.dataset != self._last or not finding.dataset:
            self.datasets += 1
            self._last = finding.dataset
            if len(self.examples) < _EXAMPLES and finding.focus not in self.examples:
                self.examples.append(finding.focus)
        if finding.value and (finding.value in self.values or len(self.values) < _MOST_VALUES):
            self.values[finding.value[:200]] += 1

    @property
    def worth(self) -> int:
        """By what causes are ordered: points, and what is due for each dataset."""
        each = WORTH[self.rule.severity] + (WORTH_DUTY if self.rule.duty else 0)
        return self.points + each * self.datasets

    def to_json(self) -> dict[str, Any]:
        """The documented form."""
        rule = self.rule
        return {
            "rule": rule.id,
            "severity": rule.severity.value,
            "message": {"nl": rule.message.nl, "en": rule.message.en},
            "findings": self.findings,
            "datasets": self.datasets,
            "points": self.points,
            "worth": self.worth,
            "duty": rule.duty,
            "examples": self.examples,
            "values": dict(self.values.most_common(_EXAMPLES)),
        }


@dataclass(slots=True)
class Share:
    """What one publisher, or one catalogue, has to do."""

    datasets: int = 0
    total: int = 0
    violations: int = 0
    causes: Counter[str] = field(default_factory=Counter)

    def add(self, score: Score) -> None:
        """The score of one dataset."""
        self.datasets += 1
        self.total += score.total
        self.violations += score.violations

    def to_json(self) -> dict[str, Any]:
        """The documented form, with the rules whose repair brings most points."""
        mean = round(self.total / self.datasets, 1) if self.datasets else 0.0
        first = [{"rule": rule, "points": gain} for rule, gain in self.causes.most_common(3) if gain]
        return {"datasets": self.datasets, "mean": mean, "violations": self.violations, "first": first}


class Worklist:
    """Collects findings and scores into causes and publishers."""

    def __init__(self) -> None:
        self._causes: dict[Rule, Cause] = {}
        self._publishers: dict[str, Share] = {}
        self._catalogues: dict[str, Share] = {}

    def add(self, item: Finding | Score) -> None:
        """A finding, or the score that comes after those of its dataset."""
        publisher = self._publisher(item.publisher)
        if isinstance(item, Finding):
            cause = self._causes.get(item.rule)
            if cause is None:
                cause = self._causes[item.rule] = Cause(item.rule)
            cause.add(item)
            if publisher is not None and item.points:
                publisher.causes[item.rule.id] += item.points
        else:
            catalogue = self._catalogues.setdefault(item.catalogue, Share())
            for share in (publisher, catalogue):
                if share is not None:
                    share.add(item)

    def causes(self) -> list[Cause]:
        """All causes, the one whose repair is worth most first."""
        return sorted(self._causes.values(), key=lambda cause: (-cause.worth, -cause.findings, cause.rule.id))

    def catalogues(self) -> dict[str, Share]:
        """The sources of a folder by the name of their file."""
        return self._catalogues

    def publishers(self) -> dict[str, Share]:
        """Publishers by name, the one with most violations first."""
        order = sorted(self._publishers.items(), key=lambda one: (-one[1].violations, one[0]))
        return dict(order)

    def _publisher(self, name: str) -> Share | None:
        if not name:
            return None
        known = self._publishers.get(name)
        if known is None and len(self._publishers) < _MOST_PUBLISHERS:
            known = self._publishers[name] = Share()
        return known
