# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a check asks and what it finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """From heavy to light: against the profile, against its advice, worth knowing."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Message:
    """What is wrong and what to do, in both languages."""

    nl: str
    en: str


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One thing that is asked; each is made once. `layer` is its specification, `duty` the act behind it."""

    id: str
    layer: str
    class_: str
    path: str
    constraint: str
    severity: Severity
    message: Message
    expected: str = ""
    duty: str = ""


@dataclass(slots=True)
class Finding:
    """A rule that something does not meet.

    `focus` is the IRI of the record, `within` the properties that lead from it to a nested thing without IRI,
    `dataset` the dataset that it belongs to. `value` is empty where it might be personal. `points` is what
    the quality score of the dataset gains when everything that breaks this rule in it is repaired; it stands
    on the first finding of the rule in the dataset, so that points may be added up.
    """

    rule: Rule
    focus: str
    path: str
    within: tuple[str, ...] = ()
    value: str = ""
    dataset: str = ""
    publisher: str = ""
    points: int = 0

    def to_json(self) -> dict[str, Any]:
        """The documented form."""
        form: dict[str, Any] = {
            "rule": self.rule.id,
            "focus": self.focus,
            "path": self.path,
            "severity": self.rule.severity.value,
            "message": {"nl": self.rule.message.nl, "en": self.rule.message.en},
            "points": self.points,
        }
        optional = {"within": list(self.within), "value": self.value, "dataset": self.dataset}
        form.update({key: value for key, value in optional.items() if value})
        if self.rule.duty:
            form["duty"] = self.rule.duty
        return form


@dataclass(slots=True)
class Score:
    """The quality score of one dataset: the indicators that it meets, what they add up to, what was found."""

    dataset: str
    publisher: str
    met: dict[str, bool] = field(default_factory=dict)
    total: int = 0
    rating: str = ""
    title: str = ""
    catalogue: str = ""
    violations: int = 0
    warnings: int = 0
