# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads one column of a study file."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from .fields import Section
from .model import MAX_LABEL_BYTES, Column
from .schema import PERMISSIONS, TYPES

_EPOCH = date(1970, 1, 1)
MAX_CODES = 4096
MAX_SCALED = 2**40
"""Values stay below this, so that sums over millions of rows and comparisons fit in 64 bits."""


def days(text: str) -> int:
    """Days since 1970-01-01 of year-month-day. ValueError when it is no date."""
    return (date.fromisoformat(text) - _EPOCH).days


def read_column(name: str, section: Section) -> Column | None:
    """The column, or None when its problems leave nothing to work with."""
    before = len(section.problems)
    section.one_of("type", TYPES)
    for permission in section["permissions"] or ():
        if permission not in PERMISSIONS:
            section.report(
                f"permission {permission!r} of column {name} is unknown; choose from "
                f"{', '.join(PERMISSIONS)}",
                f"permissie {permission!r} van kolom {name} is onbekend; kies uit {', '.join(PERMISSIONS)}",
                "permissions",
            )
    if len(section.problems) > before or section["type"] is None or section["permissions"] is None:
        return None
    kind: str = section["type"]
    scale = _scale(section, kind)
    bounds = _range(section, name, kind, scale)
    codes = _codes(section, name, kind)
    _permitted(section, name, kind)
    breakpoints = _breakpoints(section, name, kind, scale, bounds)
    if len(section.problems) > before:
        return None
    low, high = bounds
    return Column(
        name=name,
        type=kind,
        header=section["header"] or name,
        permissions=frozenset(section["permissions"]),
        low=low,
        high=max(high, len(codes) - 1),
        scale=scale,
        codes=codes,
        missing=tuple(section["missing"]),
        required=section["required"],
        breakpoints=breakpoints,
        weight=section["weight"],
        max_length=section["max_length"],
        round_to=_round_to(section, scale, bounds),
        unit_of_measurement=section["unit_of_measurement"],
        description=section["description"],
        line=section.line() or 0,
    )


def _scale(section: Section, kind: str) -> int:
    section.at_least("decimals", 0, 9)
    return int(section["decimals"]) if kind == "decimal" else 0


def _scaled(section: Section, key: str, value: Any, kind: str, scale: int) -> int:
    try:
        if kind == "date":
            return days(str(value))
        number = Decimal(str(value)) * 10**scale
        if number != number.to_integral_value():
            raise InvalidOperation
        return int(number)
    except (ValueError, InvalidOperation):
        form = (
            ("a date year-month-day", "een datum jaar-maand-dag")
            if kind == "date"
            else (
                f"a number with at most {scale} decimals",
                f"een getal met hooguit {scale} decimalen",
            )
        )
        section.report(f"{key}: {value!r} is not {form[0]}", f"{key}: {value!r} is niet {form[1]}", key)
        return 0


def _range(section: Section, name: str, kind: str, scale: int) -> tuple[int, int]:
    given = section["range"]
    if kind in ("code", "text"):
        if given is not None:
            section.report(
                f"column {name} of type {kind} has no range; remove it",
                f"kolom {name} van type {kind} heeft geen bereik; haal het weg",
                "range",
            )
        return 0, 0
    if given is None or len(given) != 2:
        section.report(
            f"column {name} needs its smallest and largest value: range = [0, 100]",
            f"kolom {name} moet de kleinste en grootste waarde hebben: range = [0, 100]",
            "range",
        )
        return 0, 0
    low, high = (_scaled(section, "range", value, kind, scale) for value in given)
    if low > high:
        section.report(
            f"range of {name}: {given[0]} is larger than {given[1]}; turn them around",
            f"bereik van {name}: {given[0]} is groter dan {given[1]}; draai ze om",
            "range",
        )
    if max(abs(low), abs(high)) >= MAX_SCALED:
        section.report(
            f"range of {name} with {scale} decimals needs numbers above 2^40; declare fewer decimals or a "
            "smaller range",
            f"bereik van {name} met {scale} decimalen vraagt getallen boven 2^40; geef minder decimalen "
            "of een "
            "kleiner bereik op",
            "range",
        )
    return low, high


def _codes(section: Section, name: str, kind: str) -> tuple[str, ...]:
    given = section["codes"]
    if kind != "code":
        if given is not None:
            section.report(
                f"only type code has codes; make {name} a code or remove them",
                f"alleen type code heeft codes; maak van {name} een code of haal ze weg",
                "codes",
            )
        return ()
    if not given:
        section.report(
            f'column {name} needs its public list: codes = ["a", "b"]',
            f'kolom {name} moet een openbare lijst hebben: codes = ["a", "b"]',
            "codes",
        )
        return ()
    repeated = sorted({code for code in given if given.count(code) > 1}) if len(given) <= MAX_CODES else []
    if repeated or len(given) > MAX_CODES:
        section.report(
            f"codes of {name}: {', '.join(map(repr, repeated)) or len(given)} "
            f"{'twice' if repeated else f'are too many, at most {MAX_CODES}'}",
            f"codes van {name}: {', '.join(map(repr, repeated)) or len(given)} "
            f"{'dubbel' if repeated else f'zijn er te veel, hooguit {MAX_CODES}'}",
            "codes",
        )
    both = sorted(set(given) & set(section["missing"]))
    if both:
        section.report(
            f"{both[0]!r} is both a code and a missing-value code of {name}; remove one",
            f"{both[0]!r} is zowel code als code voor ontbrekend bij {name}; haal er een weg",
            "codes",
        )
    return tuple(given)


def _permitted(section: Section, name: str, kind: str) -> None:
    """Permissions that a type cannot have."""
    section.at_least("max_length", 1, MAX_LABEL_BYTES)
    permissions = set(section["permissions"])
    if "measure" in permissions and kind in ("code", "text"):
        section.report(
            f"{name} is {kind}, which cannot be added up; use filter and SUM(CASE WHEN {name} = … THEN 1 "
            "ELSE 0 END)",
            f"{name} is {kind} en kan niet worden opgeteld; gebruik filter en SUM(CASE WHEN {name} = … "
            "THEN 1 "
            "ELSE 0 END)",
            "permissions",
        )
    if "filter" in permissions and kind == "text":
        section.report(
            f"{name} is free text, which cannot be a filter; declare it as code with a public list",
            f"{name} is vrije tekst en kan geen filter zijn; maak er een code met een openbare lijst van",
            "permissions",
        )
    if section["weight"] and (kind not in ("integer", "decimal") or "measure" not in permissions):
        section.report(
            f"weight {name} must be integer or decimal with permission measure",
            f"gewicht {name} moet integer of decimal zijn met permissie measure",
            "weight",
        )


def _breakpoints(
    section: Section, name: str, kind: str, scale: int, bounds: tuple[int, int]
) -> tuple[int, ...]:
    given = section["breakpoints"] or []
    if given and kind in ("code", "text"):
        section.report(
            f"{name} is {kind} and has no breakpoints; its codes are the filter",
            f"{name} is {kind} en heeft geen grenzen; de codes zijn het filter",
            "breakpoints",
        )
        return ()
    points = [_scaled(section, "breakpoints", value, kind, scale) for value in given]
    outside = [v for v, p in zip(given, points, strict=True) if not bounds[0] < p <= bounds[1]]
    if outside:
        section.report(
            f"breakpoint {outside[0]} of {name} splits nothing: it is not above the smallest and up to the "
            "largest value",
            f"grens {outside[0]} van {name} splitst niets: zij ligt niet boven de kleinste en tot en met de "
            "grootste waarde",
            "breakpoints",
        )
    return tuple(sorted(set(points)))


def _round_to(section: Section, scale: int, bounds: tuple[int, int]) -> int:
    given = section["round_to"]
    if given is not None:
        section.at_least("round_to", 10.0**-scale)
        return max(1, int(Decimal(str(given)) * 10**scale))
    thousandth = max(1.0, (bounds[1] - bounds[0]) / 1000)
    power = 10 ** math.floor(math.log10(thousandth))
    return int(next(step * power for step in (1, 2, 5, 10) if step * power >= thousandth))
