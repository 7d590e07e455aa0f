# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be computed from the tables together: hidden cells, and small differences with earlier releases.

Figures become a system of sums (`system.py`); an atom that must be at least one and less than the minimum is
disclosed, whoever computes it, and so is a hidden figure that follows exactly.
Tables are taken to be about the same units; when counts contradict each other they are not, and that is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from knooppunt.facilities.outputs.cells import Cell, Understood, amount_cells
from knooppunt.facilities.outputs.policy import OutputPolicy
from knooppunt.facilities.outputs.rules import FAIL, REVIEW, Finding
from knooppunt.facilities.outputs.system import NEAR, REST, Key, System, named_values, size

MOST_ATOMS = 4_000
MOST_TARGETS = 300
CHECK = "differencing"


@dataclass(frozen=True)
class Release:
    """Tables that left before: their name, and their cells as understood."""

    name: str
    tables: tuple[Understood, ...]


def same_groups(found: Understood, earlier: list[Release], policy: OutputPolicy) -> Iterator[Finding]:
    """The same group counted twice: the difference is a group by itself."""
    for release in earlier:
        before = {
            cell.key: cell.count for table in release.tables for cell in table.cells if cell.count is not None
        }
        for cell in found.cells:
            old = before.get(cell.key)
            if old is None or cell.count is None or not cell.key:
                continue
            if 0 < (gap := abs(cell.count - old)) < policy.minimum_cell:
                yield Finding(
                    CHECK, FAIL, found.table.name, cell.row, cell.column,
                    _("This differs by %(gap)g from '%(release)s', which left before.")
                    % {"gap": gap, "release": release.name},
                    _("Give the same count as before, or wait until the difference is large enough."),
                )  # fmt: skip


def derivable(tables: list[Understood], earlier: list[Release], policy: OutputPolicy) -> Iterator[Finding]:
    """Groups that the published counts together pin down, and totals of which only a person can tell."""
    if not tables:
        return
    counted = [t.cells for t in [*tables, *(table for release in earlier for table in release.tables)]]
    everything = [cell for cells in counted for cell in cells]
    if not _may_tell(everything):
        return
    if size(everything) > MOST_ATOMS:
        yield _told(
            tables[0], REVIEW,
            _("The tables cut out %(size)s groups together: too many to search for what follows from them.")
            % {"size": size(everything)},
            _("Give fewer categories per table, or let a person compare the tables."),
        )  # fmt: skip
        return
    system = System(counted)
    if not system.holds():
        yield _told(
            tables[0], REVIEW,
            _("The counts contradict each other, or those of an earlier release."),
            _("Correct the totals, or tell that the tables are about different people or periods."),
        )  # fmt: skip
        return
    yield from _unclear(system, tables)
    yield from _disclosed(tables[0], system, policy)
    for found in tables:
        yield from _perhaps_totals(found, policy)


def derivable_amounts(
    tables: list[Understood], earlier: list[Release], policy: OutputPolicy
) -> Iterator[Finding]:
    """Hidden amounts that follow from the others, exactly or to within the policy's p percent."""
    before = [table for release in earlier for table in release.tables]
    for name in dict.fromkeys(name for found in tables for name in amount_cells(found)):
        having = [found for found in tables if name in amount_cells(found)]
        told = [amount_cells(found)[name] for found in [*having, *before] if name in amount_cells(found)]
        cells = [cell for table in told for cell in table]
        if not any(cell.count is None for cell in cells) or not 1 < size(cells) <= MOST_ATOMS:
            continue
        system = System(told, whole=False)
        if not system.holds():
            system.open_totals = list(range(len(having)))
        yield from _unclear(system, having)
        for key, members in list(system.hidden.items())[:MOST_TARGETS]:
            low, high = system.interval(members) if key not in system.published else (0.0, 0.0)
            if _too_narrow(low, high, policy.p_percent or 0):
                yield _told(
                    having[0], FAIL,
                    _("The hidden amount '%(name)s' of %(group)s follows: between %(low)g and %(high)g.")
                    % {"name": name, "group": _named(key), "low": low, "high": high},
                    _("Hide one more cell in its row and column, or do not give the total."),
                )  # fmt: skip


def _too_narrow(low: float, high: float, percent: float) -> bool:
    """Known, other than as nothing, to within this percentage of its size."""
    size_of = max(abs(low), abs(high))
    return NEAR < size_of < float("inf") and high - low <= max(percent / 100, NEAR) * size_of


def _told(found: Understood, status: str, what: str, cure: str) -> Finding:
    return Finding(CHECK, status, found.table.name, None, None, what, cure)


def _may_tell(cells: list[Cell]) -> bool:
    """Something follows only from a hidden cell, or from counts at different levels."""
    levels = {frozenset(dimension for dimension, _value in cell.key) for cell in cells}
    return bool(levels - {frozenset()}) and (len(levels) > 1 or any(cell.count is None for cell in cells))


def _unclear(system: System, tables: list[Understood]) -> Iterator[Finding]:
    """A total that is not the sum of what its table names, beside hidden cells: only a person can tell."""
    for number in system.open_totals:
        if number < len(tables) and _hides(tables[number]):
            yield _told(
                tables[number], REVIEW,
                _("A total is not the sum of the groups that the table names, and cells are hidden."),
                _("Tell which groups belong to which total, and what is left out."),
            )  # fmt: skip


def _hides(found: Understood) -> bool:
    amounts = [cell for cells in amount_cells(found).values() for cell in cells]
    return any(cell.count is None for cell in [*found.cells, *amounts])


def _perhaps_totals(found: Understood, policy: OutputPolicy) -> Iterator[Finding]:
    """The first or last of a dimension without a total may be one: told when a hidden cell then follows."""
    if not any(cell.count is None for cell in found.cells):
        return
    for dimension, values in named_values(found.cells).items():
        if len(values) < 4 or any(dimension not in dict(cell.key) for cell in found.cells):
            continue
        for value in (values[0], values[-2]):
            pair = (dimension, value)
            system = System([[replace(cell, key=cell.key - {pair}) for cell in found.cells]])
            holds = not system.open_totals and system.holds()
            if holds and any(_small(*system.interval(m), policy) for m in system.hidden.values()):
                yield _told(
                    found, REVIEW,
                    _("'%(value)s' may be the total of the others; a hidden cell then follows from it.")
                    % {"value": value},
                    _("Call it 'total' when it is one, and hide one more cell; else say what it is."),
                )  # fmt: skip


def _disclosed(found: Understood, system: System, policy: OutputPolicy) -> Iterator[Finding]:
    for number, (key, members) in enumerate(system.candidates()):
        if number == MOST_TARGETS:
            yield _told(
                found, REVIEW,
                _("More than %(most)s groups follow from the tables; the rest was not searched.")
                % {"most": MOST_TARGETS},
                _("Give fewer categories, or let a person compare the tables."),
            )  # fmt: skip
            return
        low, high = system.interval(members)
        exact = key in system.hidden and low == high and (high > 0 or policy.zeros_disclosive)
        if exact or _small(low, high, policy):
            yield _told(
                found, FAIL,
                _("The group %(group)s follows from the tables: between %(low)g and %(high)g units.")
                % {"group": _named(key), "low": low, "high": high},
                _("Hide one more cell in its row and column, or do not give the total."),
            )  # fmt: skip


def _small(low: float, high: float, policy: OutputPolicy) -> bool:
    """There is somebody, and there are fewer than the policy wants."""
    return low >= 1 and high < policy.minimum_cell


def _named(key: Key) -> str:
    parts = sorted((d, v) for d, v in key if v != REST)
    return ", ".join(f"{d} = {v}" for d, v in parts) or _("of everyone who is not named")
