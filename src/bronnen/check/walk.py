# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A thing, and what is nested in it, held against the requirement tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bronnen.check import datatypes
from bronnen.check.index import Index
from bronnen.check.model import Finding, Rule
from bronnen.check.names import long
from bronnen.check.requirements import SUBCLASSES, Plan, Values, merged
from bronnen.records import Iri, Literal, Thing, Value, properties

#: Below these, a value may be the name or address of a person.
_PERSONAL: Final = frozenset(map(long, ("dcat:contactPoint", "dct:creator", "dct:publisher", "foaf:name")))


class Walker:
    """Holds things against the tables of one profile.

    With `exact`, a value must be described in the files with the class that its range names, as the official
    shapes ask; without it only what is described as something else is told, since nobody repeats the value
    lists of the EU in their own catalogue, and classes are known with their broader ones.
    """

    def __init__(self, plans: Mapping[str, Plan], index: Index, exact: bool = False) -> None:
        self._asked = plans
        self._index = index
        self._exact = exact
        self._plans: dict[tuple[str, ...], Plan] = {}

    def plan(self, types: tuple[str, ...]) -> Plan:
        """What is asked of a thing with these classes."""
        found = self._plans.get(types)
        if found is None:
            found = self._plans[types] = merged(self._asked, types, self._exact)
        return found

    def findings(
        self, thing: Thing, focus: str, within: tuple[str, ...] = (), apart: str = ""
    ) -> Iterator[Finding]:
        """What the thing and all that is nested in it do not meet; not what is nested under `apart`."""
        plan = self.plan(thing.types)
        given: set[str] = set()
        for path, values in properties(thing):
            given.add(path)
            if (asked := plan.values.get(path)) is not None:
                for rule, said in self._values(asked, values):
                    yield Finding(rule, focus, path, within, "" if _is_personal(path, within) else said)
            for value in values:
                if isinstance(value, Thing) and path != apart:
                    yield from self.findings(value, focus, (*within, path))
        for path, rule in plan.needed.items():
            if path not in given:
                yield Finding(rule, focus, path, within)

    def _values(self, asked: Values, values: tuple[Value, ...]) -> Iterator[tuple[Rule, str]]:
        if asked.deprecated is not None:
            yield asked.deprecated, ""
        if asked.most is not None and len(values) > asked.most_count:
            yield asked.most, ""
        for value in values:
            yield from _of_shapes(asked, value)
            if isinstance(value, Literal):
                yield from _literal(asked, value, self._exact)
            else:
                yield from self._resource(asked, value)

    def _resource(self, asked: Values, value: Iri | Thing) -> Iterator[tuple[Rule, str]]:
        iri = value.iri if isinstance(value, Iri) else ""
        for rule in _first(self._exact, asked.literal, asked.datatype, asked.temporal):
            yield rule, iri
        listed = asked.list is not None and iri != "" and asked.list.find(iri) is not None
        if asked.range is not None and (self._exact or not listed) and not self._fits(asked.range_iri, value):
            yield asked.range, iri
        if asked.vocabulary is not None and iri and not listed and not self._exact:
            yield asked.vocabulary, iri

    def _fits(self, class_: str, value: Iri | Thing) -> bool:
        if isinstance(value, Thing):
            if not value.types and not self._exact:
                return True
            broad = () if self._exact else tuple(SUBCLASSES.get(type_, "") for type_ in value.types)
            return class_ in value.types or class_ in broad
        if self._index.has_class(value.iri, class_):
            return True
        return not self._exact and not self._index.is_typed(value.iri)


def _of_shapes(asked: Values, value: Value) -> Iterator[tuple[Rule, str]]:
    """What only shapes of a user ask: a value from a list, of a form, or with an IRI."""
    said = "" if isinstance(value, Thing) else value[0]
    if asked.allowed is not None and said not in asked.allowed_values:
        yield asked.allowed, said
    if asked.form is not None and asked.pattern is not None and not asked.form.search(said):
        yield asked.pattern, said
    if asked.iri is not None and not isinstance(value, Iri):
        yield asked.iri, said


def _first(exact: bool, *rules: Rule | None) -> list[Rule]:
    """One kind of mistake breaks several rules: the first says enough, the shapes tell all."""
    broken = [rule for rule in rules if rule is not None]
    return broken if exact else broken[:1]


def _literal(asked: Values, value: Literal, exact: bool) -> Iterator[tuple[Rule, str]]:
    for rule in _first(exact, asked.resource, asked.range):
        yield rule, value.value
    if asked.datatype is not None and not datatypes.has_form(value, asked.datatype_iri):
        yield asked.datatype, value.value
    if asked.temporal is not None and not datatypes.is_date(value):
        yield asked.temporal, value.value


def _is_personal(path: str, within: tuple[str, ...]) -> bool:
    return not _PERSONAL.isdisjoint(within) or path in _PERSONAL
