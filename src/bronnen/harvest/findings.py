# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with a record although it was kept as given. Names the field, never the value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bronnen.records import Iri, Literal, Thing, Value, properties
from bronnen.vocabulary import DCT, XSD

_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|\\^`]')
_DATED = (XSD + "date", XSD + "dateTime")
_DAY = re.compile(r"(-?\d{4,})-(\d\d)-(\d\d)")
_LICENCES = DCT + "license"


def findings(record: Thing) -> Iterator[str]:
    """The causes, each with the property that it concerns."""
    if record.id and _NOT_IN_IRI.search(record.id):
        yield "an IRI with characters that an IRI must not have: its own"
    for property_, values in properties(record):
        for value in values:
            yield from _value(property_, value)


def _value(property_: str, value: Value) -> Iterator[str]:
    if isinstance(value, Thing):
        yield from findings(value)
    elif isinstance(value, Iri):
        if _NOT_IN_IRI.search(value.iri):
            yield f"an IRI with characters that an IRI must not have: {property_}"
    else:
        yield from _literal(property_, value)


def _literal(property_: str, value: Literal) -> Iterator[str]:
    if value.language is not None and "_" in value.language:
        yield f"a language tag with an underscore: {property_}"
    if value.datatype in _DATED and not _is_day(value.value):
        yield f"a date that does not exist: {property_}"
    if property_ == _LICENCES:
        yield f"a licence as free text: {property_}"


def _is_day(text: str) -> bool:
    found = _DAY.match(text)
    if not found:
        return False
    try:
        date(min(max(int(found[1]), 1), 9999), int(found[2]), int(found[3]))
    except ValueError:
        return False
    return True
