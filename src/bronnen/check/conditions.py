# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is asked only in some cases: of high value datasets, of downloads, under the Data Governance Act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from bronnen.check.index import Index
from bronnen.check.model import Finding, Message, Rule, Severity
from bronnen.check.names import long
from bronnen.check.tables import PROFILES, table
from bronnen.check.vocabularies import Vocabulary, vocabulary
from bronnen.records import (
    Catalogue,
    DataService,
    Dataset,
    Distribution,
    Entry,
    Iri,
    Series,
    Thing,
    Values,
    properties,
)

_CLASS = {
    Dataset: "dcat:Dataset",
    Distribution: "dcat:Distribution",
    DataService: "dcat:DataService",
    Series: "dcat:DatasetSeries",
    Catalogue: "dcat:Catalog",
}
_DGA = "reg/2022/868"


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule with the case in which it holds and what meets it."""

    rule: Rule
    when: str
    need: tuple[str, ...]
    value: str
    list: Vocabulary | None
    flag: str
    reach: str


@cache
def conditions(profile: str) -> dict[str, tuple[Condition, ...]]:
    """The conditions of a profile by the class that they are about."""
    found: dict[str, list[Condition]] = {}
    rows = table("conditions")
    for row in rows["conditions"]:
        if row.get("profile", "hvd") in ("hvd", *PROFILES[profile]):
            found.setdefault(row["class"], []).append(_condition(row, rows["duties"]))
    return {class_: tuple(listed) for class_, listed in found.items()}


def _condition(row: dict[str, Any], duties: dict[str, Any]) -> Condition:
    duty = duties[row["duty"]]["eli"] if "duty" in row else ""
    rule = Rule(
        row["rule"], row["rule"].split(".")[0], long(row["class"]), long(row["need"][0]), "condition",
        Severity(row["severity"]), Message(row["nl"], row["en"]), row.get("value", ""), duty,
    )  # fmt: skip
    list_ = vocabulary(row["vocabulary"]) if "vocabulary" in row else None
    needs = tuple(long(path) for path in row["need"])
    return Condition(
        rule, row["when"], needs, row.get("value", ""), list_, row.get("flag", ""), row.get("reach", "")
    )


class Conditions:
    """Tells which conditions of a profile a thing does not meet."""

    def __init__(self, profile: str, index: Index) -> None:
        self._conditions = conditions(profile)
        self._index = index

    def of_dataset(self, dataset: Dataset, parts: list[tuple[str, Thing]]) -> Iterator[Finding]:
        """Those of a dataset and of its distributions, given with their focus."""
        id_ = dataset.id or ""
        cases = {
            "hvd": self._index.is_marked(id_),
            "dga": _applies(_DGA, dataset, *(part for _, part in parts)),
        }
        within = [part for _, part in parts]
        yield from self._check("dcat:Dataset", dataset, id_, cases, within)
        for focus, part in parts:
            here = {**cases, "download": bool(getattr(part, "download_url", ()))}
            yield from self._check("dcat:Distribution", part, focus, here, [])

    def of(self, record: Thing) -> Iterator[Finding]:
        """Those of a record that is no dataset."""
        class_ = _CLASS.get(type(record), "")
        cases = {"hvd": self._is_hvd(record), "dga": _applies(_DGA, record), "always": True}
        if isinstance(record, Distribution):
            cases["download"] = bool(record.download_url)
        yield from self._check(class_, record, record.id or "", cases, [])

    def _is_hvd(self, record: Thing) -> bool:
        if isinstance(record, DataService):
            served = (value.iri for value in record.serves_dataset if isinstance(value, Iri))
            return self._index.is_marked(record.id or "") or any(map(self._index.is_marked, served))
        return self._index.is_marked(record.id or "") if isinstance(record, Series) else False

    def _check(
        self, class_: str, thing: Thing, focus: str, cases: dict[str, bool], parts: list[Thing]
    ) -> Iterator[Finding]:
        if not any(cases.values()):
            return
        given = dict(properties(thing))
        for condition in self._conditions.get(class_, ()):
            if cases.get(condition.when) and not self._met(condition, given, focus, parts):
                yield Finding(condition.rule, focus, condition.rule.path)

    def _met(self, condition: Condition, given: dict[str, Values], focus: str, parts: list[Thing]) -> bool:
        if condition.reach == "service" and self._index.is_served(focus):
            return True
        sources = (dict(properties(part)) for part in parts) if condition.reach else (given,)
        return any(
            _fits(condition, source[path]) for source in sources for path in condition.need if path in source
        )


def _fits(condition: Condition, values: Values) -> bool:
    if condition.value:
        return any(isinstance(value, Iri) and same_act(value.iri, condition.value) for value in values)
    if condition.list is None:
        return bool(values)
    found = (condition.list.find(value.iri) for value in values if isinstance(value, Iri))
    flags = condition.list.flags
    return any(
        one is not None and (not condition.flag or condition.flag in flags.get(one, ())) for one in found
    )


def same_act(iri: str, act: str) -> bool:
    """Whether two ELIs name the same act, with http or https, with a language at the end or without."""
    one, other = (text.split("://", 1)[-1].rstrip("/") for text in (iri, act))
    return one == other or one.startswith(other + "/") or one + "/oj" == other


def _applies(act: str, *things: Thing) -> bool:
    return any(_names(act, things))


def _names(act: str, things: Iterable[Thing]) -> Iterator[bool]:
    for thing in things:
        if isinstance(thing, (Entry, Distribution)):
            yield any(isinstance(value, Iri) and act in value.iri for value in thing.legislation)
