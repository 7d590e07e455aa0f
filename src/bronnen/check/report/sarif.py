# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""SARIF 2.1.0 (OASIS): what pipelines and code hosts show beside a change."""

from __future__ import annotations

import json
from typing import IO, Any, Final

from bronnen.check.model import Finding, Rule, Severity
from bronnen.check.run import Result

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL: Final = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def write(result: Result, output: IO[bytes], language: str) -> None:
    """One run; results are written as they come, the rules that they name after them."""
    output.write(f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{"results": ['.encode())
    rules: dict[str, Rule] = {}
    for item in result.items():
        if isinstance(item, Finding):
            output.write(b",\n" if rules else b"\n")
            rules.setdefault(item.rule.id, item.rule)
            output.write(_bytes(_result(item, result.source, language)))
    driver = {"name": "bronnen check", "rules": [_rule(rule) for rule in rules.values()]}
    output.write(b'],\n"tool": {"driver": ' + _bytes(driver) + b'},\n"columnKind": "unicodeCodePoints"}]}\n')


def _result(finding: Finding, source: str, language: str) -> dict[str, Any]:
    return {
        "ruleId": finding.rule.id,
        "level": _LEVEL[finding.rule.severity],
        "message": {"text": getattr(finding.rule.message, language)},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": source}},
                "logicalLocations": [{"fullyQualifiedName": finding.focus, "kind": "object"}],
            }
        ],
        "properties": {"path": finding.path, "points": finding.points, "dataset": finding.dataset},
    }


def _rule(rule: Rule) -> dict[str, Any]:
    form: dict[str, Any] = {
        "id": rule.id,
        "shortDescription": {"text": rule.message.en},
        "fullDescription": {"text": rule.message.nl},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
    }
    return form | ({"helpUri": rule.duty} if rule.duty else {})


def _bytes(form: object) -> bytes:
    return json.dumps(form, ensure_ascii=False).encode("utf-8", "replace")
