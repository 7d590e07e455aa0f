# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""SHACL shapes that a user gives, compiled to the same lookups as our own tables.

Compiled are property shapes of node shapes with a target class: minCount of 1, maxCount, nodeKind, datatype,
class, in and pattern on a path of one property. What else the shapes ask is listed, so that nobody takes it
for checked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from bronnen.check.model import Message, Rule, Severity
from bronnen.check.names import short
from bronnen.check.requirements import Plan, Values
from bronnen.vocabulary import RDF

SH: Final = "http://www.w3.org/ns/shacl#"
_FORMATS: Final = {".ttl": ox.RdfFormat.TURTLE, ".rdf": ox.RdfFormat.RDF_XML, ".xml": ox.RdfFormat.RDF_XML,
                   ".nt": ox.RdfFormat.N_TRIPLES, ".jsonld": ox.RdfFormat.JSON_LD}  # fmt: skip
#: Which of our lookups stands for a kind of node.
_KINDS: Final = {"Literal": "literal", "BlankNodeOrIRI": "resource", "IRI": "iri"}
_SILENT: Final = frozenset({
    "path", "severity", "message", "name", "description", "order", "group", "deactivated", "defaultValue",
    "targetClass", "property", "closed", "ignoredProperties",
})  # fmt: skip
_FORMS: Final = {
    "min": ("{path} ontbreekt. Voeg het toe.", "{path} is missing. Add it."),
    "max": ("{path} staat er vaker dan {value} keer. Verwijder wat te veel is.",
            "{path} is there more than {value} times. Remove what is too much."),
    "literal": ("{path} moet tekst zijn. Schrijf de waarde zelf.",
                "{path} must be text. Write the value itself."),
    "resource": ("{path} moet een verwijzing zijn. Geef een IRI.",
                 "{path} must be a reference. Give an IRI."),
    "iri": ("{path} moet een IRI zijn. Geef een IRI.", "{path} must be an IRI. Give an IRI."),
    "datatype": ("{path} moet van het type {value} zijn. Geef het dat type.",
                 "{path} must be of type {value}. Give it that type."),
    "range": ("{path} moet verwijzen naar iets van klasse {value}. Geef dat die klasse.",
              "{path} must refer to something of class {value}. Give that this class."),
    "in": ("{path} heeft een waarde die niet mag. Kies een toegestane waarde.",
           "{path} has a value that is not allowed. Choose an allowed one."),
    "pattern": ("{path} heeft niet de gevraagde vorm ({value}). Schrijf het in die vorm.",
                "{path} does not have the form that is asked ({value}). Write it in that form."),
}  # fmt: skip


class ShapesError(Exception):
    """Shapes that cannot be read or ask nothing that we compile; the message says why."""


@dataclass(slots=True)
class Shapes:
    """What is asked of each class, and what the shapes ask that is not compiled, with how often."""

    plans: dict[str, Plan] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)


def read(path: Path) -> Shapes:
    """The shapes in a file of RDF."""
    store = ox.Store()
    try:
        store.load(path=str(path), format=_FORMATS.get(path.suffix.lower(), ox.RdfFormat.TURTLE))
    except (OSError, SyntaxError, ValueError) as error:
        raise ShapesError(f"{path}: the shapes cannot be read: {error}") from error
    found = Shapes()
    for quad in store.quads_for_pattern(None, _node("targetClass"), None):
        class_ = str(getattr(quad.object, "value", ""))
        plan = found.plans.setdefault(class_, Plan())
        for shape in _objects(store, quad.subject, "property"):
            _compile(store, shape, class_, plan, found.left_out)
        found.left_out.update(_rest(store, quad.subject, frozenset()))
    if not any(plan.needed or plan.values for plan in found.plans.values()):
        raise ShapesError(f"{path}: no shape with a target class and a property that we can check")
    return found


def _compile(store: ox.Store, shape: Any, class_: str, plan: Plan, left_out: Counter[str]) -> None:
    paths = list(_objects(store, shape, "path"))
    if len(paths) != 1 or not isinstance(paths[0], ox.NamedNode):
        left_out["path" if paths else "property that leads nowhere"] += 1
        return
    path = paths[0].value
    make = _Maker(store, shape, class_, path)
    values = plan.values.setdefault(path, Values())
    used = set()
    for name, given in make.constraints():
        if _apply(store, make, name, given, plan, values):
            used.add(name)
    left_out.update(_rest(store, shape, frozenset(used)))


def _apply(store: ox.Store, make: _Maker, name: str, given: Any, plan: Plan, values: Values) -> bool:
    """Sets the lookup for one constraint; False when there is none."""
    if name == "minCount" and given.value in ("0", "1"):
        if given.value == "1":
            plan.needed.setdefault(make.path, make.rule("min"))
    elif name == "maxCount" and given.value.isdecimal():
        values.most, values.most_count = make.rule("max", given.value), int(given.value)
    elif name == "nodeKind" and (kind := _KINDS.get(given.value.removeprefix(SH))):
        setattr(values, kind, make.rule(kind))
    elif name == "datatype":
        values.datatype, values.datatype_iri = make.rule("datatype", given.value), given.value
    elif name == "class" and isinstance(given, ox.NamedNode) and values.range is None:
        values.range, values.range_iri = make.rule("range", given.value), given.value
    elif name == "in":
        values.allowed, values.allowed_values = make.rule("in"), frozenset(_list(store, given))
    elif name == "pattern":
        return _pattern(make, given.value, values)
    else:
        return False
    return True


def _pattern(make: _Maker, given: str, values: Values) -> bool:
    try:
        values.form = re.compile(given)
    except re.error:
        return False
    values.pattern = make.rule("pattern", given)
    return True


class _Maker:
    """Makes the rules of one property shape."""

    def __init__(self, store: ox.Store, shape: Any, class_: str, path: str) -> None:
        self._store, self._shape, self._class = store, shape, class_
        self.path = path
        said = next(_objects(store, shape, "severity"), None)
        names = {"Warning": Severity.WARNING, "Info": Severity.INFO}
        name = said.value.removeprefix(SH) if said is not None else ""
        self._severity = names.get(name, Severity.VIOLATION)
        self._messages = {
            one.language or "": one.value
            for one in _objects(store, shape, "message")
            if isinstance(one, ox.Literal)
        }

    def constraints(self) -> Iterator[tuple[str, Any]]:
        """Name and value of each statement in the namespace of SHACL."""
        for quad in self._store.quads_for_pattern(self._shape, None, None):
            if quad.predicate.value.startswith(SH):
                yield quad.predicate.value.removeprefix(SH), quad.object

    def rule(self, constraint: str, value: str = "") -> Rule:
        """A rule with the sentence of the shape, or with one of ours where it has none."""
        own = [form.format(path=short(self.path), value=short(value)) for form in _FORMS[constraint]]
        given = self._messages
        message = Message(
            given.get("nl") or given.get("") or own[0], given.get("en") or given.get("") or own[1]
        )
        name = f"shapes.{short(self._class).split(':')[-1]}.{short(self.path)}.{constraint}"
        return Rule(name, "shapes", self._class, self.path, constraint, self._severity, message, value)


def _rest(store: ox.Store, shape: Any, used: frozenset[str]) -> Iterator[str]:
    for quad in store.quads_for_pattern(shape, None, None):
        name = quad.predicate.value.removeprefix(SH)
        if quad.predicate.value.startswith(SH) and name not in _SILENT and name not in used:
            yield f"sh:{name}"


def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(SH + name)


def _objects(store: ox.Store, subject: Any, name: str) -> Iterator[Any]:
    return (quad.object for quad in store.quads_for_pattern(subject, _node(name), None))


def _list(store: ox.Store, head: Any) -> Iterator[str]:
    seen = set()
    while head.value != RDF + "nil" and head not in seen:
        seen.add(head)
        parts = {q.predicate.value: q.object for q in store.quads_for_pattern(head, None, None)}
        if RDF + "first" in parts:
            yield str(getattr(parts[RDF + "first"], "value", ""))
        head = parts.get(RDF + "rest", ox.NamedNode(RDF + "nil"))
