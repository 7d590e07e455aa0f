# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the cells of a table mean: which columns name groups, which count, which give amounts.

A table is *long* (a row per group, with a column that counts), *cross* (counts, with groups in the head as
well), *amounts* (figures without the number of contributors) or *units* (a row per person or company: no
output at all).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from knooppunt.facilities.outputs.policy import OutputPolicy
from knooppunt.facilities.outputs.reading import OutputTable

TOTALS = frozenset(
    [
        "total",
        "totaal",
        "totalen",
        "all",
        "alle",
        "allen",
        "alles",
        "sum",
        "som",
        "subtotal",
        "subtotaal",
        "overall",
        "eindtotaal",
    ]
)
HIDDEN = frozenset(
    {"", "x", "*", ".", "..", "...", "-", "–", "—", "c", "geheim", "confidential", "suppressed"}
)
HIDDEN |= {"n/a", "na", "nan", "none", "onbekend gemaakt", "onderdrukt"}
COUNT = re.compile(
    r"(?:^|[ _(])(?:n|count|counts|aantal|aantallen|number|numbers|freq|frequency|frequentie|obs|"
    r"observations|personen|persons|people|respondents|respondenten|contributors|bijdragers|cases|cliënten|"
    r"huishoudens|households|bedrijven|companies|inwoners|residents)(?:$|[ _)])"
)
LARGEST = re.compile(r"(?:^|[ _])(?:largest|grootste|top|max|biggest)[ _]?\d*$")
EXTREME = re.compile(r"^(?:min|max|minimum|maximum|kleinste|hoogste|laagste|lowest|highest)$")
DIMENSION = re.compile(
    r"(?:^|[ _])(?:jaar|year|kwartaal|quarter|maand|month|leeftijd|age|code|postcode|id|nr|wijk|buurt|klasse|"
    r"class|periode|period|gemeente|region|regio)(?:$|[ _])"
)
PERSONAL = re.compile(
    r"^(?:bsn|burgerservicenummer|citizen service number|name|naam|voornaam|achternaam|first name|last name|"
    r"surname|email|e-mail|e-mailadres|telefoon|phone|adres|address|geboortedatum|date of birth|birth date|"
    r"iban|id|person id|persoon id|client id|clientnummer|cliëntnummer|patient|patient id|patiëntnummer|"
    r"record id)$"
)
NUMBER = re.compile(
    r"^-?\d{1,3}(?:[. ]\d{3})+(?:,\d+)?$|^-?\d+(?:[.,]\d+)?$|^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$"
)
BELOW = re.compile(
    r"^(?:(?P<strict><|minder dan|fewer than|less than|under)|≤|<=|[01]\s*[-–—])\s*(?P<n>\d+)$", re.IGNORECASE
)


@dataclass(frozen=True)
class Cell:
    """One group and its figures. `key` gives the value per dimension; one that is left out is the total.

    `count` is None where it was hidden; `at_most` bounds a hidden count that is written as '<10'.
    """

    row: int
    column: int
    key: frozenset[tuple[str, str]]
    count: float | None
    at_most: float | None = None
    amount: float | None = None
    largest: tuple[float, ...] = ()


@dataclass
class Understood:
    """A table as the rules see it: its form, its cells, its columns by role (from 0), and its dimensions."""

    table: OutputTable
    form: str
    cells: list[Cell] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    amounts: list[int] = field(default_factory=list)
    largest: list[int] = field(default_factory=list)
    extremes: list[int] = field(default_factory=list)
    whole: int | None = None  # the column that counts what the other counts of its row are parts of
    assumed: bool = False  # the one column of whole numbers was taken for a count


def number(value: Any) -> float | None:
    """The number in a cell, Dutch or English; None when there is none, or none that can be reckoned with."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        found = float(value) if isinstance(value, int | float) else _told(value)
    except OverflowError:  # a whole number of hundreds of digits, in a workbook
        return None
    return found if found is not None and isfinite(found) else None


def _told(value: Any) -> float | None:
    """The number that a text tells."""
    text = str(value).strip().replace("\u00a0", " ").replace("€", "").strip()
    if not NUMBER.match(text):
        return None
    text = text.replace(" ", "")
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?", text) or re.fullmatch(r"-?\d+,\d+", text):
        # 1.234 is Dutch for 1234 where commas are decimals; a single ,\d{3} is read the English way below.
        if re.fullmatch(r"-?[1-9]\d{0,2},\d{3}", text):
            return float(text.replace(",", ""))
        text = text.replace(".", "").replace(",", ".")
    return float(text.replace(",", ""))


def is_hidden(value: Any) -> bool:
    """Left out on purpose: empty, a sign for secret, or 'fewer than'."""
    text = "" if value is None else str(value).strip().casefold()
    return text in HIDDEN or bool(BELOW.match(text)) or not any(sign.isalnum() for sign in text)


def plain(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").split())


def is_total(value: Any) -> bool:
    name = plain(str(value)).strip(" :()")
    return name in TOTALS or name.startswith(("total ", "totaal ", "alle ", "all ", "grand total"))


def _head_is_total(head: str) -> bool:
    """In a head the word may come last: 'aantal totaal'."""
    return is_total(head) or plain(head).endswith((" totaal", " total"))


def understand(table: OutputTable, policy: OutputPolicy) -> Understood:
    """Which column is what, and the cells that come of it."""
    named = {role: {plain(name) for name in names} for role, names in policy.columns.items()}
    found = Understood(table, "long")
    for column, name in enumerate(table.head):
        _place(found, column, plain(name), named)
    if not found.counts:
        _without_counts(found, named)
    elif _counts_add_up(found):
        found.form, found.whole = "cross", found.counts[0]
        found.counts, found.amounts = sorted([*found.counts, *found.amounts]), []
    if found.form == "cross":
        found.cells = list(_cross(found))
    elif found.form == "long":
        found.cells = list(_long(found))
        if _repeats(found):
            found.form = "units"
    return found


def _place(found: Understood, column: int, name: str, named: dict[str, set[str]]) -> None:
    """Put the column with its role; numbers that are no count and no dimension are amounts."""
    numeric = _is_numeric(found.table, column)
    if name in named.get("count", ()):
        found.counts.append(column)
    elif name in named.get("largest", ()):
        found.largest.append(column)
    elif name in named.get("group", ()):
        found.groups.append(column)
    elif name in named.get("amount", ()):
        found.amounts.append(column)
    elif not numeric or DIMENSION.search(name):
        found.groups.append(column)
    elif EXTREME.match(name):
        found.extremes.append(column)
    elif LARGEST.search(name):
        found.largest.append(column)
    elif COUNT.search(name) and "%" not in name and _is_whole(found.table, column):
        found.counts.append(column)
    else:
        found.amounts.append(column)


def _is_numeric(table: OutputTable, column: int) -> bool:
    """Numbers beside hidden cells; a column that is hidden whole, too, when it is not the first."""
    values = [row[column] for row in table.rows]
    shown = [value for value in values if not is_hidden(value)]
    return all(number(value) is not None for value in shown) if shown else column > 0


def _is_whole(table: OutputTable, column: int) -> bool:
    return all(
        (value := number(row[column])) is None or (value >= 0 and value == int(value)) for row in table.rows
    )


def _without_counts(found: Understood, named: dict[str, set[str]]) -> None:
    """No column says that it counts: whole numbers beside groups are counts, other figures are amounts."""
    table = found.table
    whole = [c for c in found.amounts if _is_whole(table, c)]
    personal = any(PERSONAL.match(plain(name)) for name in table.head)
    if not found.amounts and not found.extremes and not found.largest:
        found.form = "units"  # groups alone: a list
    elif personal or _rows_repeat(table, found.groups):
        found.form = "units"
    elif whole == found.amounts and len(whole) > 1 and _heads_name_groups(found) and "amount" not in named:
        found.form, found.counts, found.amounts = "cross", whole, []
    elif whole == found.amounts and len(whole) == 1 and found.groups and "amount" not in named:
        found.counts, found.amounts, found.assumed = whole, [], True
    else:
        found.form = "amounts"


def _heads_name_groups(found: Understood) -> bool:
    """Beside groups; or in one row, with a total among them."""
    heads = found.table.head
    return bool(found.groups) or (len(found.table.rows) == 1 and any(map(_head_is_total, heads)))


def _counts_add_up(found: Understood) -> bool:
    """One count that is in every row the sum of whole numbers beside it: they are its parts."""
    table, parts = found.table, found.amounts
    if len(found.counts) != 1 or len(parts) < 2 or not all(_is_whole(table, c) for c in parts):
        return False
    found_whole = False
    for row in table.rows:
        shown = [n for c in parts if (n := number(row[c])) is not None]
        total = number(row[found.counts[0]])
        if total is None or sum(shown) > total or (len(shown) == len(parts) and sum(shown) != total):
            return False
        found_whole |= len(shown) == len(parts)
    return found_whole or not found.largest


def _rows_repeat(table: OutputTable, groups: list[int]) -> bool:
    keys = [tuple(plain(str(row[c])) for c in groups) for row in table.rows]
    return bool(groups) and len(set(keys)) < len(keys)


def _repeats(found: Understood) -> bool:
    """A summary names each group once: the same group twice is a row per unit."""
    return _rows_repeat(found.table, found.groups) and all((cell.count or 0) <= 1 for cell in found.cells)


def _key(found: Understood, row: list[Any]) -> Iterator[tuple[str, str]]:
    for column in found.groups:
        value = row[column]
        if str(value).strip() and not is_total(value):
            yield plain(found.table.head[column]) or f"column {column + 1}", plain(str(value))


def _long(found: Understood) -> Iterator[Cell]:
    table = found.table
    for offset, row in enumerate(table.rows):
        key = frozenset(_key(found, row))
        largest = tuple(n for c in found.largest if (n := number(row[c])) is not None)
        amount = number(row[found.amounts[0]]) if found.amounts else None
        for column in found.counts:
            alone = len(found.counts) == 1 or _head_is_total(table.head[column])
            measure = set() if alone else {("count of", plain(table.head[column]))}
            count, bound = _count(row[column])
            yield Cell(table.first_row + offset, column + 1, key | measure, count, bound, amount, largest)


def _cross(found: Understood) -> Iterator[Cell]:
    table = found.table
    for offset, row in enumerate(table.rows):
        key = frozenset(_key(found, row))
        for column in found.counts:
            head = table.head[column]
            own = set() if _head_is_total(head) or column == found.whole else {("in the head", plain(head))}
            count, bound = _count(row[column])
            yield Cell(table.first_row + offset, column + 1, key | own, count, bound)


def _count(value: Any) -> tuple[float | None, float | None]:
    if is_hidden(value):
        below = BELOW.match(str(value).strip()) if value is not None else None
        return None, float(below["n"]) - (1 if below["strict"] else 0) if below else None
    return number(value), None


def amount_cells(found: Understood) -> dict[str, list[Cell]]:
    """Per amount its cells, the amount in the place of the count; one sum when the head has a total."""
    table, cells = found.table, dict[str, list[Cell]]()
    across = any(_head_is_total(table.head[column]) for column in found.amounts)
    for offset, row in enumerate(table.rows):
        key = frozenset(_key(found, row))
        for column in found.amounts:
            head = table.head[column]
            own = {("in the head", plain(head))} if across and not _head_is_total(head) else set()
            cell = Cell(table.first_row + offset, column + 1, key | own, *_count(row[column]))
            cells.setdefault("" if across else plain(head), []).append(cell)
    return cells
