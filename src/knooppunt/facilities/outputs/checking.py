# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The check as a whole: every rule on every table, then all tables together, and one status."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knooppunt.facilities.outputs import differencing
from knooppunt.facilities.outputs.cells import Understood, understand
from knooppunt.facilities.outputs.differencing import Release
from knooppunt.facilities.outputs.policy import OutputPolicy
from knooppunt.facilities.outputs.reading import OutputTable, read_tables
from knooppunt.facilities.outputs.rules import FAIL, NOT_APPLICABLE, PASS, REVIEW, RULES, Finding

ORDER = (NOT_APPLICABLE, PASS, REVIEW, FAIL)
MOST_FINDINGS = 200


@dataclass(frozen=True)
class Report:
    """What the check found: a status per check, findings, and how each table was understood."""

    policy: OutputPolicy
    tables: tuple[Understood, ...]
    checks: dict[str, str]
    findings: tuple[Finding, ...]

    @property
    def status(self) -> str:
        """`fail` when a rule is broken, `review` when only a person can tell, else `pass`."""
        return max((*self.checks.values(), PASS), key=ORDER.index)

    def as_json(self) -> dict[str, Any]:
        """The report as `knooppunt outputs check --json` gives it; of very many findings the first 200."""
        return {
            "status": self.status,
            "policy": {"policy": self.policy.policy, "version": self.policy.version},
            "tables": [_table(found) for found in self.tables],
            "checks": [{"check": name, "status": status} for name, status in self.checks.items()],
            "findings": [finding.as_json() for finding in self.findings[:MOST_FINDINGS]],
            "number_of_findings": len(self.findings),
        }


def _table(found: Understood) -> dict[str, Any]:
    head = found.table.head
    return {
        "name": found.table.name,
        "rows": len(found.table.rows),
        "form": found.form,
        "groups": [head[c] for c in found.groups],
        "counts": [head[c] for c in found.counts],
        "amounts": [head[c] for c in found.amounts],
        "evidence": [head[c] for c in found.largest],
        "hidden": sum(cell.count is None for cell in found.cells),
    }


def check_file(path: Path, policy: OutputPolicy, earlier: list[tuple[str, Path]] | None = None) -> Report:
    """Check a CSV or XLSX file; ValueError for what is no table. `earlier` names files that left before."""
    before = [(name, read_tables(file)) for name, file in earlier or []]
    return check_tables(read_tables(path), policy, before)


def check_tables(
    tables: list[OutputTable],
    policy: OutputPolicy,
    earlier: list[tuple[str, list[OutputTable]]] | None = None,
) -> Report:
    """Apply every rule of the policy.

    Theorem: what passes `differencing` gives no group of 1 to minimum − 1 units away to whoever combines the
    counts given here and earlier, as far as these name the same groups.
    """
    found = [understand(table, policy) for table in tables]
    before = [Release(name, tuple(understand(t, policy) for t in old)) for name, old in earlier or []]
    findings = [finding for each in found for rule in RULES.values() for finding in rule(each, policy)]
    if policy.differencing:
        for each in found:
            findings += differencing.same_groups(each, before, policy)
        counted = [each for each in found if each.form in ("long", "cross")]
        findings += differencing.derivable(counted, before, policy)
        findings += differencing.derivable_amounts(found, before, policy)
    return Report(policy, tuple(found), _statuses(found, policy, findings), tuple(findings))


def _statuses(found: list[Understood], policy: OutputPolicy, findings: list[Finding]) -> dict[str, str]:
    statuses = dict.fromkeys((*RULES, differencing.CHECK), PASS)
    amounts = any(each.amounts for each in found)
    for name, applies in {
        "full-cells": policy.full_cells != "allow" and any(each.form == "cross" for each in found),
        "dominance": policy.dominance is not None and amounts,
        "p-percent": policy.p_percent is not None and amounts,
        differencing.CHECK: policy.differencing,
    }.items():
        if not applies:
            statuses[name] = NOT_APPLICABLE
    for finding in findings:
        statuses[finding.check] = max(statuses[finding.check], finding.status, key=ORDER.index)
    return statuses
