# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts of one column as integers, codes or labels."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..problems import Problem
from .columns import days
from .fields import similar
from .model import Column

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_EXACT = 2**53


@dataclass(frozen=True, slots=True)
class Cells:
    values: NDArray[Any]
    present: NDArray[np.bool_]


def read_cells(
    column: Column, texts: Sequence[str], lines: Sequence[int], decimal: str
) -> tuple[Cells, list[Problem]]:
    """The values of a block and what is wrong with them. ``lines`` are row numbers in the file."""
    missing = set(column.missing)
    present = np.array([text not in missing for text in texts], dtype=bool)
    problems = []
    if column.required and not present.all():
        problems = [
            Problem(
                f"{column.name} is missing, but the study requires it; complete the row or remove it",
                f"{column.name} ontbreekt, maar het onderzoek vraagt het; vul de rij aan of haal haar weg",
                lines[row],
            )
            for row in _places(~present)
        ]
    reader = {"code": _codes, "text": _texts, "date": _dates}.get(column.type, _numbers(decimal))
    values, wrong = reader(column, texts, present)
    problems += [Problem(*_explain(column, texts[row], decimal), lines[row]) for row in wrong]
    return Cells(values, present), problems


Read = tuple[NDArray[Any], list[int]]


def _places(flags: NDArray[np.bool_]) -> list[int]:
    found: list[int] = np.flatnonzero(flags).tolist()
    return found


def _codes(column: Column, texts: Sequence[str], present: NDArray[np.bool_]) -> Read:
    places = {code: place for place, code in enumerate(column.codes)}
    values = np.array([places.get(text, -1) for text in texts], dtype=np.int64)
    wrong = (values < 0) & present
    values[values < 0] = 0
    return values, _places(wrong)


def _texts(column: Column, texts: Sequence[str], present: NDArray[np.bool_]) -> Read:
    values = np.array(texts, dtype=object)
    values[~present] = ""
    wrong: list[int] = []
    if "group" in column.permissions:
        wrong = [row for row, text in enumerate(values) if len(text.encode()) > column.max_length]
    return values, wrong


def _dates(column: Column, texts: Sequence[str], present: NDArray[np.bool_]) -> Read:
    values = np.zeros(len(texts), dtype=np.int64)
    wrong = []
    known: dict[str, int] = {}
    for row in _places(present):
        text = texts[row]
        try:
            if text not in known:
                known[text] = days(text)
        except ValueError:
            wrong.append(row)
        else:
            values[row] = known[text]
    return _bounded(column, values, present, wrong)


def _numbers(decimal: str) -> Callable[[Column, Sequence[str], NDArray[np.bool_]], Read]:
    def read(column: Column, texts: Sequence[str], present: NDArray[np.bool_]) -> Read:
        plain = [text if there else "0" for text, there in zip(texts, present, strict=True)]
        if decimal == ",":
            plain = [text.replace(",", ".") if "." not in text else "x" for text in plain]
        wrong: list[int] = []
        try:
            numbers = np.array(plain, dtype=np.float64)
            if "_" in "".join(plain):  # Python's digit grouping is no number here
                raise ValueError
        except ValueError:
            numbers = np.zeros(len(plain))
            for row, text in enumerate(plain):
                if _NUMBER.fullmatch(text):
                    numbers[row] = float(text)
                else:
                    wrong.append(row)
        scaled = numbers * 10.0**column.scale
        finite = np.isfinite(scaled) & (np.abs(scaled) < _EXACT)
        whole = np.ones(len(plain), dtype=bool)
        if column.type == "integer":
            whole = ~finite | (scaled == np.floor(scaled))
        wrong += _places(~finite | ~whole)
        values = np.rint(np.where(finite, scaled, 0)).astype(np.int64)
        return _bounded(column, values, present, wrong)

    return read


def _bounded(column: Column, values: NDArray[np.int64], present: NDArray[np.bool_], wrong: list[int]) -> Read:
    outside = present & ((values < column.low) | (values > column.high))
    values = np.where(present, values, 0)
    return values, sorted({*wrong, *_places(outside)})


def shown(column: Column, value: int) -> str:
    """A scaled integer as people write it."""
    if column.type == "date":
        return str(np.datetime64(value, "D"))
    return f"{value / 10**column.scale:.{column.scale}f}" if column.scale else str(value)


def _explain(column: Column, text: str, decimal: str) -> tuple[str, str]:
    """Why a value does not fit and what to do, in both languages."""
    name, found = column.name, repr(text[:40])
    if column.type == "code":
        en, nl = similar(text, column.codes)
        return (
            f"{name}: {found} is no code of the list{en}; correct it, or add it to codes or missing",
            f"{name}: {found} is geen code van de lijst{nl}; verbeter het, of zet het bij codes of missing",
        )
    if column.type == "text":
        return (
            f"{name}: {found} is longer than max_length = {column.max_length} bytes; shorten it",
            f"{name}: {found} is langer dan max_length = {column.max_length} bytes; kort het in",
        )
    if column.type == "date":
        return _explain_range(column, found, "date year-month-day", "datum jaar-maand-dag")
    return _explain_number(column, text, found, decimal)


def _explain_number(column: Column, text: str, found: str, decimal: str) -> tuple[str, str]:
    name = column.name
    if text.count(",") == 1 and decimal == "." and _NUMBER.fullmatch(text.replace(",", ".")):
        return (
            f"{name}: {found} has a decimal comma; write a point, or set decimal = ',' for the table",
            f"{name}: {found} heeft een decimale komma; schrijf een punt, of zet decimal = ',' bij de tabel",
        )
    if _NUMBER.fullmatch(re.sub(r"[ ,.'_ ]", "", text) or "x") and not _NUMBER.fullmatch(text):
        return (
            f"{name}: {found} has thousands separators; write the digits without them",
            f"{name}: {found} heeft scheidingstekens voor duizendtallen; schrijf de cijfers zonder",
        )
    if text.lower().lstrip("+-") in ("nan", "inf", "infinity", "null", "none", "-", "."):
        return (
            f"{name}: {found} is no number; if it means unknown, add it to missing",
            f"{name}: {found} is geen getal; betekent het onbekend, zet het dan bij missing",
        )
    whole = column.type == "integer"
    if whole and _NUMBER.fullmatch(text) and math.isfinite(float(text)) and not float(text).is_integer():
        return (
            f"{name}: {found} is no whole number; round it, or declare type decimal",
            f"{name}: {found} is geen geheel getal; rond het af, of maak er type decimal van",
        )
    kind = ("whole number", "geheel getal") if whole else ("number", "getal")
    return _explain_range(column, found, *kind)


def _explain_range(column: Column, found: str, en: str, nl: str) -> tuple[str, str]:
    low, high = shown(column, column.low), shown(column, column.high)
    return (
        f"{column.name}: {found} is not a {en} from {low} to {high}; correct it, add it to missing, or "
        "declare "
        "a wider range",
        f"{column.name}: {found} is geen {nl} van {low} tot en met {high}; verbeter het, zet het bij "
        "missing, of "
        "geef een ruimer bereik op",
    )
