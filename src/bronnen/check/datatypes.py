# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a text has the form that its datatype asks (XML Schema, part 2), and dates that exist."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import Final

from bronnen.records import Literal
from bronnen.vocabulary import RDF, XSD

_FORMS: Final = {
    XSD + "decimal": re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"),
    XSD + "nonNegativeInteger": re.compile(r"\+?\d+|-0+"),
    XSD + "integer": re.compile(r"[+-]?\d+"),
    XSD + "boolean": re.compile(r"true|false|0|1"),
    XSD + "hexBinary": re.compile(r"(?:[0-9A-Fa-f]{2})*"),
    XSD + "duration": re.compile(
        r"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?"
    ),
}
_ZONE = r"(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?"
_DATED: Final = {
    XSD + "gYear": re.compile(rf"-?(\d{{4,}}){_ZONE}"),
    XSD + "gYearMonth": re.compile(rf"-?(\d{{4,}})-(\d\d){_ZONE}"),
    XSD + "date": re.compile(rf"-?(\d{{4,}})-(\d\d)-(\d\d){_ZONE}"),
    XSD + "dateTime": re.compile(
        rf"-?(\d{{4,}})-(\d\d)-(\d\d)T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?){_ZONE}"
    ),
}


def has_form(value: Literal, datatype: str) -> bool:
    """Whether a literal has this datatype and the form of it."""
    if datatype in (XSD + "string", RDF + "langString"):
        return value.datatype is None and (value.language is None) == (datatype == XSD + "string")
    if datatype in _DATED:
        return value.datatype == datatype and is_date(value)
    form = _FORMS.get(datatype)
    return value.datatype == datatype and (form is None or form.fullmatch(value.value.strip()) is not None)


def is_date(value: Literal) -> bool:
    """Whether a literal is a year, month, day or moment that exists, with the datatype for it."""
    form = _DATED.get(value.datatype or "")
    found = form.fullmatch(value.value.strip()) if form else None
    if found is None:
        return False
    year, month, day = (int(part) for part in (*found.groups(), "1", "1")[:3])
    return 1 <= month <= 12 and 1 <= day <= monthrange(year % 400 or 400, month)[1]
