# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""From primary flags to what is released: complementary suppression, and the check on differencing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..disclosure.pattern import Pattern, Remainder
from ..disclosure.relations import Relation, find_relations
from ..disclosure.rules import COUNT_BITS, Tally, cells_pass, few
from ..party import Party
from ..problems import Problem, RefusedError
from ..protocols.arithmetic import multiply, open_all
from ..protocols.compare import equal, negative
from ..ring import Shared, concatenate, stack
from ..study.model import Study
from .cells import Variable
from .differences import Guarded, distinct_differences, most_per_holder
from .layout import Block
from .tallies import largest_of

Flags = NDArray[np.bool_]
MOST_HOLDERS = 32
"""Up to this many holders each is left out in turn."""
REMAINDERS = "which hidden remainders are safe together"
DIFFERENCES = "differences of released figures are safe (yes or no per pair of questions)"


def relations_of(guarded: Guarded, *, exact: bool = False) -> list[Relation]:
    """The additive relations among the variables of a table.

    Often nothing is missing, and a reader may know: so a total is related to the cells of a table as if no
    row were without a label, unless ``exact``.
    """
    found = guarded.variables
    if not found:
        return []
    kept = slice(None) if exact else guarded.atoms.complete()
    return find_relations(
        np.stack([variable.atoms[kept] for variable in found]),
        [variable.group for variable in found],
        [frozenset((p.block.question, p.block.grouping, p.block.index) for p in v.places) for v in found],
    )


def released_variables(
    party: Party,
    study: Study,
    guarded: Guarded,
    tallies: Mapping[Block, Tally],
    passed: Mapping[Block, Flags],
) -> Flags:
    """Which variables of a table are released. Opens the safety of hidden remainders, round by round."""
    found = guarded.variables
    primary = np.array(
        [not all(passed[p.block][p.cell] for p in variable.places) for variable in found], dtype=bool
    )
    sizes = np.array([variable.atoms.sum() for variable in found], dtype=np.int64)
    pattern = Pattern(primary, relations_of(guarded), sizes)
    proven: set[tuple[int, ...]] = set()
    while True:
        due = [r for r in pattern.remainders() if r.hidden not in proven]
        if not due:
            return ~pattern.hidden
        safe = _remainders_safe(party, study, found, tallies, due)
        proven |= {r.hidden for r, good in zip(due, safe, strict=True) if good}
        pattern.widen([r for r, good in zip(due, safe, strict=True) if not good])


def _remainders_safe(
    party: Party,
    study: Study,
    found: Sequence[Variable],
    tallies: Mapping[Block, Tally],
    due: Sequence[Remainder],
) -> Flags:
    """Whether hidden parts together meet the rules of a cell.

    With several rows per unit the units of parts may overlap, so there the best part alone must do.
    """
    safe = []
    for remainder in due:
        places = [found[v].places[0] for v in remainder.hidden]
        parts = [_cell(tallies[p.block], p.cell) for p in places]
        several = places[0].block.plan.table.unit_rows > 1
        safe.append(cells_pass(party, _together(party, parts, several), study.rules))
    together = Shared(np.concatenate([s.a for s in safe]), np.concatenate([s.b for s in safe]))
    return np.asarray(open_all(party, together, REMAINDERS) != 0)


def _cell(tally: Tally, cell: int) -> Tally:
    one = slice(cell, cell + 1)
    return Tally(
        units=tally.units[one],
        without=tally.without[:, one],
        present=tally.present[:, one],
        base=None,
        terms=tally.terms[:, one],
        tops=None if tally.tops is None else tally.tops[:, one],
        magnitude=None if tally.magnitude is None else tally.magnitude[one],
    )


def _together(party: Party, parts: Sequence[Tally], several: bool) -> Tally:
    """One tally of several disjoint cells."""

    def added(pieces: Sequence[Shared]) -> Shared:
        total = pieces[0]
        for piece in pieces[1:]:
            total = total + piece
        return total

    def joined(pieces: Sequence[Shared]) -> Shared:
        if not several:
            return added(pieces)
        lists = Shared(np.stack([p.a for p in pieces]), np.stack([p.b for p in pieces]))
        return largest_of(party, lists.reshape(len(pieces), 1, -1)).reshape(*pieces[0].shape)

    tops, magnitudes = [p.tops for p in parts], [p.magnitude for p in parts]
    known = [t for t in tops if t is not None]
    sizes = [m for m in magnitudes if m is not None]
    return Tally(
        units=joined([p.units for p in parts]),
        without=joined([p.without for p in parts]),
        present=added([p.present for p in parts]),
        base=None,
        terms=added([p.terms for p in parts]),
        tops=largest_of(party, Shared(np.stack([t.a for t in known]), np.stack([t.b for t in known])))
        if known
        else None,
        magnitude=added(sizes) if sizes else None,
    )


Questions = tuple[str, str]


def unsafe_questions(
    party: Party, study: Study, guarded: Guarded, shown: Flags, counts: Shared | None
) -> list[Questions]:
    """Pairs of questions that have released figures whose difference is neither empty nor large enough.

    ``counts`` of each holder are rows per different set, then contributing rows, clamped; None (joins) proves
    nothing. With several rows per unit, rows / unit_rows bounds units below. Opens one bit per pair of
    questions.
    """
    told, places = distinct_differences(guarded)
    judged = {
        (variable.quantity, np.packbits(variable.atoms).tobytes())
        for variable, visible in zip(guarded.variables, shown, strict=True)
        if visible
    }
    due: dict[Questions, set[int]] = {}
    for difference, place in zip(guarded.differences, places, strict=True):
        if (guarded.variables[difference.new].quantity, difference.packed) in judged:
            continue  # a figure that is released itself: it met the rules of a cell
        if shown[difference.new] and (difference.other is None or shown[difference.other]):
            due.setdefault(guarded.questions(difference), set()).add(place)
    if not due or counts is None:
        return list(due)
    used = np.array(sorted(set().union(*due.values())))
    rows = counts[:, used].sum(axis=0)
    small = _too_few(party, study, guarded.table, counts[:, used + len(told)])
    empty = equal(party, rows, party.public(np.zeros(len(rows), dtype=np.uint64)), COUNT_BITS)
    bad = small - multiply(party, small, empty)
    at = {place: index for index, place in enumerate(used.tolist())}
    sums = stack([bad[[at[place] for place in sorted(own)]].sum() for own in due.values()])
    good = equal(party, sums, party.public(np.zeros(len(due), dtype=np.uint64)), COUNT_BITS)
    opened = open_all(party, good, f"{guarded.table}: {DIFFERENCES}")
    return [pair for pair, value in zip(due, opened, strict=True) if not value]


def _too_few(party: Party, study: Study, table: str, added: Shared) -> Shared:
    """Zero where the clamped counts (H, D) are enough, also without any one holder if the rules say so.

    Above MOST_HOLDERS the sum must be twice the least instead: sufficient, and one comparison.
    """
    least, total = most_per_holder(study, table), added.sum(axis=0)
    tests = [few(party, total, least)]
    if study.rules.leave_one_out and len(added) <= MOST_HOLDERS:
        tests += [few(party, total - added[holder], least) for holder in range(len(added))]
    elif study.rules.leave_one_out:
        tests = [few(party, total, 2 * least)]
    flags = negative(party, concatenate(tests), COUNT_BITS)
    return flags.reshape(len(tests), len(total)).sum(axis=0)


def refused_difference(study: Study, table: str, pairs: Sequence[Questions]) -> RefusedError:
    """Why a run stops."""
    shown = ", ".join(f"{new} - {old}" for new, old in pairs[:5])
    return RefusedError(
        Problem(
            f"released figures overlap ({shown}) and their difference is not proven to be empty or at least "
            "min_units units: subtracting the two could tell about a few. Ask with the same boundaries "
            "in all "
            "questions, or wider ones; rows with a missing value of a GROUP BY column differ too, so make "
            "missing a code of its own or ask fewer tables",
            f"vrijgegeven cijfers overlappen ({shown}) en hun verschil is niet bewezen leeg of minstens "
            "min_units "
            "eenheden: aftrekken zou iets over enkelen kunnen zeggen. Gebruik in alle vragen dezelfde "
            "grenzen, of "
            "ruimere; ook rijen met een ontbrekende waarde van een GROUP BY-kolom maken verschil, dus "
            "maak van "
            "ontbrekend een eigen code of vraag minder tabellen",
            study.tables[table].line or None,
        )
    )
