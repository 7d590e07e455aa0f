# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Totals of one run against cells of another: what is hidden in either may not follow from both together.

The pattern of suppression is chosen within a run. The ledger remembers what earlier runs showed and hid, so
relations between runs are known before anything is opened. All of this is public.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..disclosure.relations import find_relations
from ..problems import Problem, RefusedError
from ..study.model import Study
from .differences import Guarded, Old

Block = tuple[str, ...]


def crossed_questions(guarded: Guarded, shown: Sequence[bool]) -> list[tuple[str, str]]:
    """Pairs of a question and an earlier one, whose figures add up to a hidden one.

    Refused are: a shown whole with a hidden part, a hidden whole of which all parts are shown, and a figure
    that was hidden and would be shown, or the other way round.
    """
    blocks, repeated, earlier = _matched(guarded, shown)
    if not earlier:
        return []
    variables, size = guarded.variables, len(guarded.variables)
    kept = guarded.atoms.complete()
    sets = np.stack([v.atoms[kept] for v in variables] + [old.atoms[kept] for old in earlier])
    groups = [v.group for v in variables] + [old.group for old in earlier]
    tables = [frozenset(own) for own in blocks] + [frozenset([old.block]) for old in earlier]
    names = [v.places[0].block.question for v in variables] + [old.question for old in earlier]
    visible = [*shown, *(old.shown for old in earlier)]
    bad = {
        (names[index], old.question)
        for index, variable in enumerate(variables)
        for old in earlier
        if old.quantity == variable.quantity and (old.atoms == variable.atoms).all()
    }
    for relation in find_relations(sets, groups, tables):
        members = (relation.whole, *relation.parts)
        new = [v for v in members if v < size and v not in repeated]
        past = [v for v in members if v >= size]
        if new and past and visible[relation.whole] != all(visible[v] for v in relation.parts):
            bad.add((names[new[0]], names[past[0]]))
    return sorted(bad)


def _matched(guarded: Guarded, shown: Sequence[bool]) -> tuple[list[set[Block]], set[int], list[Old]]:
    """The tables of every variable, those that an earlier run answered alike, and the other earlier ones.

    Alike is: the same set as if no label were missing; missing labels are for the check on differences.
    """
    kept = guarded.atoms.complete()
    now: dict[tuple[Block, bytes], list[int]] = {}
    blocks: list[set[Block]] = []
    for index, variable in enumerate(guarded.variables):
        now.setdefault((variable.quantity, variable.atoms[kept].tobytes()), []).append(index)
        blocks.append(
            {(p.block.question, str(p.block.grouping), str(p.block.index)) for p in variable.places}
        )
    repeated: set[int] = set()
    earlier = []
    for old in guarded.old:
        same = now.get((old.quantity, old.atoms[kept].tobytes()), [])
        alike = [index for index in same if shown[index] == old.shown]
        if not alike or len(alike) < len(same):
            earlier.append(old)
        for index in alike:
            blocks[index].add(old.block)
            repeated.add(index)
    return blocks, repeated, earlier


def refused_crossing(study: Study, table: str, pairs: Sequence[tuple[str, str]]) -> RefusedError:
    """Why a run stops."""
    shown = ", ".join(f"{new} + {old}" for new, old in pairs[:5])
    return RefusedError(
        Problem(
            f"with answers of earlier runs ({shown}) a hidden figure would follow: totals of one run and "
            "cells of another add up. Ask the total and the table in one study before either is released, "
            "or ask wider cells",
            f"met antwoorden van eerdere keren ({shown}) zou een verborgen cijfer volgen: totalen van de ene "
            "keer en cellen van de andere tellen op. Vraag totaal en tabel in een onderzoek voordat een van "
            "beide vrijkomt, of vraag ruimere cellen",
            study.tables[table].line or None,
        )
    )
