# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rules on one table. Each gives findings: where, what, why, and what to do.

Sources: the threshold, (n,k) and p% rules as handbooks on statistical disclosure control state them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from knooppunt.facilities.outputs.cells import PERSONAL, Cell, Understood, plain
from knooppunt.facilities.outputs.policy import OutputPolicy
from knooppunt.facilities.outputs.reading import FORMULA, texts

FAIL, REVIEW, PASS, NOT_APPLICABLE = "fail", "review", "pass", "not-applicable"
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}[A-Z0-9]{10,30}\b")
NINE = re.compile(r"(?<!\d)\d{8,9}(?!\d)")
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong or that a person has to look at."""

    check: str
    status: str
    table: str
    row: int | None
    column: int | None
    what: str
    cure: str

    def as_json(self) -> dict[str, Any]:
        return dict(self.__dict__)


def _at(found: Understood, cell: Cell, check: str, status: str, what: str, cure: str) -> Finding:
    return Finding(check, status, found.table.name, cell.row, cell.column, what, cure)


def _whole(found: Understood, check: str, status: str, what: str, cure: str) -> Finding:
    return Finding(check, status, found.table.name, None, None, what, cure)


def form(found: Understood, policy: OutputPolicy) -> Iterator[Finding]:
    """A row per person or company is no output; a table that is too long is no summary."""
    if found.form == "units":
        yield _whole(
            found, "form", FAIL,
            _("This looks like a row per person or company, and not like a summary."),
            _("Give counts or totals of groups, with a column 'count' for the number of units."),
        )  # fmt: skip
    if len(found.table.rows) > policy.rows_at_most:
        yield _whole(
            found, "form", FAIL,
            _("The table has %(rows)s rows; the policy allows %(most)s.")
            % {"rows": len(found.table.rows), "most": policy.rows_at_most},
            _("Summarise further, or ask the facility for another policy."),
        )  # fmt: skip
    if found.table.hidden:
        yield _whole(
            found,
            "form",
            FAIL,
            _("This sheet is hidden."),
            _("Remove it, or show it so that it can be checked."),
        )
    if found.assumed:
        yield _whole(
            found, "form", REVIEW,
            _("The column '%(name)s' was taken for a count.") % {"name": found.table.head[found.counts[0]]},
            _("Name it 'count' when it counts; else add a column with the number of units."),
        )  # fmt: skip


def threshold(found: Understood, policy: OutputPolicy) -> Iterator[Finding]:
    """A cell on 1 to `minimum_cell` − 1 units may not leave; nor zero where that is disclosive."""
    if found.form == "amounts":
        yield _whole(
            found, "threshold", REVIEW,
            _("The table does not say how many units each figure is about."),
            _("Add a column 'count' with the number of contributors."),
        )  # fmt: skip
    for cell in found.cells:
        if cell.count is None:
            continue
        if 0 < cell.count < policy.minimum_cell:
            yield _at(
                found, cell, "threshold", FAIL,
                _("This cell is about %(count)g units; the minimum is %(minimum)s.")
                % {"count": cell.count, "minimum": policy.minimum_cell},
                _("Hide it, and a second cell in its row and column, or join groups."),
            )  # fmt: skip
        elif cell.count == 0 and policy.zeros_disclosive:
            yield _at(
                found, cell, "threshold", FAIL,
                _("This cell is empty, and the policy counts zero as a disclosure."),
                _("Join it with another group."),
            )  # fmt: skip


def full_cells(found: Understood, policy: OutputPolicy) -> Iterator[Finding]:
    """Everyone of a row in one cell: who knows that somebody is in the row knows the rest."""
    if policy.full_cells == "allow" or found.form != "cross":
        return
    rows: dict[int, list[Cell]] = {}
    for cell in found.cells:
        if any(dimension == "in the head" for dimension, _value in cell.key):
            rows.setdefault(cell.row, []).append(cell)
    for cells in rows.values():
        filled = [cell for cell in cells if cell.count != 0]
        if len(cells) > 1 and len(filled) == 1 and filled[0].count:
            yield _at(
                found, filled[0], "full-cells", FAIL if policy.full_cells == "refuse" else REVIEW,
                _("Everyone in this row has the same value."),
                _("Decide whether that tells something of a person; join categories if it does."),
            )  # fmt: skip


def dominance(found: Understood, policy: OutputPolicy) -> Iterator[Finding]:
    """The `n` largest contributors have at most the share `k` of the total."""
    rule = policy.dominance
    if rule is None:
        return
    if missing := _lacks_largest(found, "dominance", rule.n):
        yield missing
        return
    for cell in _with_amounts(found):
        assert cell.amount is not None  # noqa: S101 - as filtered
        top = sorted(cell.largest, reverse=True)[: rule.n]
        if min(cell.amount, *cell.largest) < 0:
            yield _below_zero(found, cell, "dominance")
        elif sum(top) > rule.k * cell.amount + TOLERANCE:
            yield _at(
                found, cell, "dominance", FAIL,
                _("The %(n)s largest have %(share).0f%% of this total; the policy allows %(most).0f%%.")
                % {"n": len(top), "share": 100 * sum(top) / cell.amount, "most": 100 * rule.k},
                _("Hide the total, or join it with another group."),
            )  # fmt: skip
        elif len(top) < min(rule.n, cell.count or rule.n):
            yield _at(
                found, cell, "dominance", REVIEW,
                _("Only %(given)s of the %(n)s largest contributors are given.")
                % {"given": len(top), "n": rule.n},
                _("Add columns 'largest 1' to 'largest %(n)s'.") % {"n": rule.n},
            )  # fmt: skip


def p_percent(found: Understood, policy: OutputPolicy) -> Iterator[Finding]:
    """What is left without the two largest is at least p percent of the largest."""
    if policy.p_percent is None:
        return
    if missing := _lacks_largest(found, "p-percent", 2):
        yield missing
        return
    for cell in _with_amounts(found):
        assert cell.amount is not None  # noqa: S101 - as filtered
        first, second, *_more = [*sorted(cell.largest, reverse=True), 0.0, 0.0]
        if min(cell.amount, *cell.largest) < 0:
            yield _below_zero(found, cell, "p-percent")
        elif cell.amount - first - second < policy.p_percent / 100 * first - TOLERANCE:
            yield _at(
                found, cell, "p-percent", FAIL,
                _("The second largest can estimate the largest to within %(p)g%%.") % {"p": policy.p_percent},
                _("Hide the total, or join it with another group."),
            )  # fmt: skip


def _lacks_largest(found: Understood, check: str, n: int) -> Finding | None:
    """Amounts whose largest contributors are not told cannot be judged by a program."""
    if found.amounts and (not found.largest or len(found.amounts) > 1):
        return _whole(
            found, check, REVIEW,
            _("The table does not say how large the largest contributors are."),
            _("Give one amount per table, with columns 'largest 1' to 'largest %(n)s'; they do not leave.")
            % {"n": n},
        )  # fmt: skip
    return None


def _below_zero(found: Understood, cell: Cell, check: str) -> Finding:
    """A share of a total in which gains and losses cancel out tells nothing."""
    return _at(
        found, cell, check, FAIL,
        _("There are amounts below zero here, so a share of this total does not tell who dominates it."),
        _("Give gains and losses in two columns, each with its own largest contributors."),
    )  # fmt: skip


def _with_amounts(found: Understood) -> Iterator[Cell]:
    """One cell per row with an amount above zero and its largest contributors."""
    seen = set()
    for cell in found.cells:
        if cell.amount and cell.largest and cell.row not in seen:
            seen.add(cell.row)
            yield cell


def extremes(found: Understood, policy: OutputPolicy) -> Iterator[Finding]:
    """A minimum or maximum is the figure of one unit."""
    for column in found.extremes:
        yield Finding(
            "extremes", FAIL, found.table.name, None, column + 1,
            _("The column '%(name)s' gives the figure of one unit.") % {"name": found.table.head[column]},
            _("Leave it out, or give a percentile of enough units."),
        )  # fmt: skip


def personal(found: Understood, policy: OutputPolicy) -> Iterator[Finding]:
    """Names of columns and values that point to a person; values themselves are not repeated."""
    for column, name in enumerate(found.table.head):
        if PERSONAL.match(plain(name)):
            yield Finding(
                "personal-data", FAIL, found.table.name, None, column + 1,
                _("The column '%(name)s' points to persons.") % {"name": name},
                _("Leave it out."),
            )  # fmt: skip
    kinds: list[tuple[Callable[[str], bool], str]] = [
        (lambda text: bool(MAIL.search(text)), _("a mail address")),
        (lambda text: bool(IBAN.search(text.replace(" ", ""))), _("a bank account")),
        (lambda text: any(map(eleven_test, NINE.findall(text))), _("a citizen service number")),
    ]
    cells = [*texts(found.table), *((0, 0, note) for note in (*found.table.notes, *found.table.head))]
    cells += _long_numbers(found)
    for row, column, text in cells:
        for looks_like, name in kinds:
            if looks_like(text):
                yield Finding(
                    "personal-data", FAIL, found.table.name, row or None, column or None,
                    _("This looks like %(kind)s.") % {"kind": name}, _("Take it out."),
                )  # fmt: skip


def _long_numbers(found: Understood) -> list[tuple[int, int, str]]:
    """Numbers of eight or nine digits in columns that name groups: amounts of that size are ordinary."""
    table = found.table
    return [
        (table.first_row + offset, column + 1, f"{row[column]:.0f}")
        for offset, row in enumerate(table.rows)
        for column in found.groups
        if isinstance(row[column], int | float) and not isinstance(row[column], bool)
    ]


def eleven_test(digits: str) -> bool:
    """The test of a citizen service number: 9·d1 + 8·d2 + … + 2·d8 − d9 is a multiple of 11, and not zero."""
    padded = digits.zfill(9)
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(int(d) * w for d, w in zip(padded, weights, strict=True))
    return total % 11 == 0 and int(digits) > 0


def formulas(found: Understood, policy: OutputPolicy) -> Iterator[Finding]:
    """Texts that a spreadsheet would run; the copy that leaves holds them as text."""
    from knooppunt.facilities.outputs.cells import number

    for row, column, text in texts(found.table):
        if text.lstrip().startswith(FORMULA) and number(text) is None and len(text.strip()) > 1:
            yield Finding(
                "formulas", REVIEW, found.table.name, row, column,
                _("This text begins like a formula."),
                _("Look whether it belongs there; in the copy that leaves it is text."),
            )  # fmt: skip


RULES = {
    "form": form,
    "threshold": threshold,
    "full-cells": full_cells,
    "dominance": dominance,
    "p-percent": p_percent,
    "extremes": extremes,
    "personal-data": personal,
    "formulas": formulas,
}
