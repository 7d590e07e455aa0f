# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why something was not read, in both languages with what to do, and as a finding."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from bronnen.check.model import Finding, Message, Rule, Severity
from bronnen.check.tables import table

_RULE: Final = "source.refused"


def explain(cause: str) -> Message:
    """What happened and what to do, for what a reader or fetcher said."""
    return _rule_of(cause).message


def finding(refused: Mapping[str, str]) -> Finding:
    """What was refused of a source as a finding; `value` has the place and the reader's own words."""
    said = f"{refused['position']}: {refused['cause']}"
    return Finding(_rule_of(refused["cause"]), refused["source"], "", value=said)


def _rule_of(cause: str) -> Rule:
    return next(rule for pattern, rule in _rules() if pattern.search(cause))


@cache
def _rules() -> tuple[tuple[re.Pattern[str], Rule], ...]:
    return tuple(
        (
            re.compile(row["cause"], re.IGNORECASE),
            Rule(_RULE, "source", "", "", "refused", Severity.VIOLATION, Message(row["nl"], row["en"])),
        )
        for row in table("causes")["causes"]
    )


def rules() -> list[Rule]:
    """The rules of all causes; they share one name."""
    return [rule for _, rule in _rules()]
