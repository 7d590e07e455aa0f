# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requirement tables compiled to lookups: for the classes of a thing, what to ask of which property."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from bronnen.check.model import Rule, Severity
from bronnen.check.names import long
from bronnen.check.sentences import message
from bronnen.check.tables import PROFILES, table
from bronnen.check.vocabularies import Vocabulary, vocabulary

_SEVERITY: Final = {"min": Severity.VIOLATION, "advised": Severity.WARNING, "deprecated": Severity.WARNING}
#: Classes that are kinds of another one, as their vocabularies define them.
SUBCLASSES: Final = {
    long(narrow): long(broad)
    for narrow, broad in (
        ("foaf:Organization", "foaf:Agent"), ("foaf:Person", "foaf:Agent"), ("foaf:Group", "foaf:Agent"),
        ("org:Organization", "foaf:Agent"), ("vcard:Organization", "vcard:Kind"),
        ("vcard:Group", "vcard:Kind"), ("vcard:Individual", "vcard:Kind"), ("vcard:Location", "vcard:Kind"),
        ("dcat:Dataset", "dcat:Resource"), ("dcat:DataService", "dcat:Resource"),
        ("dcat:DatasetSeries", "dcat:Dataset"), ("dcat:Catalog", "dcat:Resource"),
        ("dct:MediaType", "dct:MediaTypeOrExtent"), ("dct:LicenseDocument", "dct:RightsStatement"),
    )
}  # fmt: skip


@dataclass(slots=True)
class Values:
    """What is asked of the values of one property."""

    most: Rule | None = None
    most_count: int = 1
    deprecated: Rule | None = None
    literal: Rule | None = None
    resource: Rule | None = None
    iri: Rule | None = None
    datatype: Rule | None = None
    datatype_iri: str = ""
    temporal: Rule | None = None
    range: Rule | None = None
    range_iri: str = ""
    vocabulary: Rule | None = None
    list: Vocabulary | None = None
    allowed: Rule | None = None
    allowed_values: frozenset[str] = frozenset()
    pattern: Rule | None = None
    form: re.Pattern[str] | None = None


@dataclass(slots=True)
class Plan:
    """What is asked of a thing: properties that must be there, and what their values must be like."""

    needed: dict[str, Rule] = field(default_factory=dict)
    values: dict[str, Values] = field(default_factory=dict)


@cache
def plans(profile: str) -> dict[str, Plan]:
    """For the IRI of each class of a profile (`eu` or `nl`), what is asked of things of that class."""
    found: dict[str, Plan] = {}
    for layer in PROFILES[profile]:
        for class_, rows in table(layer)["classes"].items():
            plan = found.setdefault(long(class_), Plan())
            for path, row in rows.items():
                _add(plan, layer, class_, path, row)
    return found


def merged(asked_of: Mapping[str, Plan], classes: tuple[str, ...], exact: bool) -> Plan:
    """What is asked of a thing with these classes; with `exact`, not what is asked of broader classes."""
    asked = dict.fromkeys(classes)
    if not exact:
        for class_ in classes:
            if (broader := SUBCLASSES.get(class_)) is not None:
                asked[broader] = None
    known = [plan for class_ in asked if (plan := asked_of.get(class_)) is not None]
    if len(known) == 1:
        return known[0]
    plan = Plan()
    for one in known:
        for path, rule in one.needed.items():
            plan.needed[path] = _heavier(plan.needed.get(path), rule)
        for path, values in one.values.items():
            plan.values[path] = _united(plan.values.get(path), values)
    return plan


def rules(profile: str) -> Iterator[Rule]:
    """Every rule of the tables of a profile."""
    for plan in plans(profile).values():
        yield from plan.needed.values()
        for values in plan.values.values():
            yield from (rule for name in Values.__slots__ if isinstance(rule := getattr(values, name), Rule))


def _add(plan: Plan, layer: str, class_: str, path: str, row: dict[str, Any]) -> None:
    iri = long(path)
    level = row["level"]
    if level in ("mandatory", "recommended"):
        constraint = "min" if level == "mandatory" else "advised"
        plan.needed[iri] = _heavier(plan.needed.get(iri), _rule(layer, class_, path, constraint))
    values = plan.values.setdefault(iri, Values())
    if level == "deprecated":
        values.deprecated = _rule(layer, class_, path, "deprecated")
    if "max" in row:
        values.most = values.most or _rule(layer, class_, path, "max", str(row["max"]))
    if "node" in row:
        setattr(values, row["node"], getattr(values, row["node"]) or _rule(layer, class_, path, row["node"]))
    if "datatype" in row:
        values.datatype = _rule(layer, class_, path, "datatype", row["datatype"])
        values.datatype_iri = long(row["datatype"])
    if row.get("temporal"):
        values.temporal = values.temporal or _rule(layer, class_, path, "temporal")
    if "range" in row and values.range is None:
        values.range = _rule(layer, class_, path, "range", row["range"])
        values.range_iri = long(row["range"])
    if "vocabulary" in row and values.vocabulary is None:
        values.list = vocabulary(row["vocabulary"])
        values.vocabulary = _rule(
            layer,
            class_,
            path,
            "vocabulary",
            values.list.scheme,
            Severity(row.get("vocabulary_severity", "violation")),
            values.list.name,
        )


def _rule(
    layer: str, class_: str, path: str, constraint: str, expected: str = "",
    severity: Severity | None = None, list_: str = "",
) -> Rule:  # fmt: skip
    return Rule(
        id=f"{layer}.{class_.split(':')[1]}.{path}.{constraint}",
        layer=layer,
        class_=long(class_),
        path=long(path),
        constraint=constraint,
        severity=severity or _SEVERITY.get(constraint, Severity.VIOLATION),
        message=message(class_, path, constraint, expected, list_),
        expected=expected,
    )


def _heavier(one: Rule | None, other: Rule) -> Rule:
    """Of two rules for the same, the one that weighs more; the first when they weigh the same."""
    return (
        other
        if one is None or (one.severity, other.severity) == (Severity.WARNING, Severity.VIOLATION)
        else one
    )


def _united(one: Values | None, other: Values) -> Values:
    if one is None:
        return other
    return Values(*(getattr(one, name) or getattr(other, name) for name in Values.__slots__))
