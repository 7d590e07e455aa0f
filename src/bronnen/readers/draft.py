# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Building a record from a format that is not RDF; what has no property is kept under its own name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from bronnen.identity import name
from bronnen.records import PROPERTY, Iri, Literal, Thing, Value, build
from bronnen.vocabulary import FIELD, JSON, XSD

_ADDRESS = re.compile(r"(?:https?|ftp|mailto|urn|tel):\S", re.IGNORECASE)
_NOT_LOCAL = re.compile(r"[^A-Za-z0-9_.-]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")


def link(value: str) -> Value:
    """A reference when the text is an address, else the text itself."""
    return Iri(value.strip()) if _ADDRESS.match(value.strip()) else Literal(value)


def moment(value: str) -> Literal:
    """A date or date-time with its datatype; anything else stays plain text, as given."""
    if _DAY.fullmatch(value):
        return Literal(value, None, XSD + "date")
    return Literal(value, None, XSD + "dateTime") if _MOMENT.fullmatch(value) else Literal(value)


def own_property(format_: str, key: str) -> str:
    """The property for a field without equal in DCAT; its last part is a name that XML allows."""
    local = _NOT_LOCAL.sub(lambda one: f"_x{ord(one[0]):04x}_", key)
    return f"{FIELD}{format_}#{local if local[:1].isalpha() or local[:1] == '_' else '_' + local}"


class Draft:
    """The properties of a thing, collected."""

    def __init__(self, *types: str) -> None:
        self._types = types
        self._properties: dict[str, list[Value]] = {}

    def put(self, property_: str, *values: Value) -> None:
        """Adds values of a property, given by field name or IRI."""
        self._properties.setdefault(PROPERTY.get(property_, property_), []).extend(values)

    def text(self, property_: str, value: Any, language: str | None = None) -> None:
        """Adds a text, when there is one."""
        if value not in (None, "", [], {}):
            self.put(property_, plain(value) if language is None else Literal(str(value), language))

    def link(self, property_: str, value: Any) -> None:
        """Adds a reference, or the text when it is no address."""
        for one in value if isinstance(value, list) else [value]:
            if one not in (None, "", [], {}):
                self.put(property_, link(one) if isinstance(one, str) else plain(one))

    def date(self, property_: str, value: Any) -> None:
        """Adds a date, typed when it is one."""
        if value not in (None, "", [], {}):
            self.put(property_, moment(value) if isinstance(value, str) else plain(value))

    def keep(self, format_: str, rest: Mapping[str, Any], known: Iterable[str]) -> None:
        """Keeps every field that is not known; empty ones say nothing."""
        skipped = set(known)
        for key, value in rest.items():
            if key not in skipped and value not in (None, "", [], {}):
                self.put(own_property(format_, key), plain(value))

    def nested(self) -> Thing:
        """A thing without IRI, to be put in a record."""
        return build(None, self._types, self._properties)

    def record(self, id_: str | None, catalogue: str) -> Thing:
        """A record of its own, named by the identity rule when it has no IRI."""
        record = build(id_, self._types, self._properties)
        record.id = name(record, catalogue)
        return record


def plain(value: Any) -> Literal:
    """A text as it is; any other JSON value as such."""
    if isinstance(value, str):
        return Literal(value)
    return Literal(json.dumps(value, ensure_ascii=False, sort_keys=True), None, JSON)
