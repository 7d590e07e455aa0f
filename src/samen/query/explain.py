# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a study will open and cost, before any data: from the plan, and from a rehearsal on synthetic rows."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..disclosure.ledger import MOST_REFUSED
from ..study.model import Study, Table
from ..study.read import parse_study
from .columns import needs_rows
from .contributions import placed_parts
from .figures import WHOLE
from .guard import Guarded, guard
from .judge import FLAGS
from .layout import blocks_of
from .models import INDEPENDENT
from .on_shares import OVERLAPS, REMAINDERS, ROOM
from .parse import plan_study
from .plan import Plan, holder_side
from .predictors import predictors
from .quality import linked_name, missing_name, used_columns
from .rehearse import Result, run_study
from .secret import label_words
from .synthesise import synthesise
from .upload import checks_units
from .wellformed import OUT_OF_RANGE, bounded

ROUND_TRIP_SECONDS = 0.020
LINE_BITS = 1e9
ORDER = "order"
MEANING = {
    "rows": ("padded", "aangevuld"),
    "yes": (
        f"when yes, the run stops and is one of the {MOST_REFUSED} refused runs that a table may have",
        f"bij ja stopt de berekening; een tabel mag {MOST_REFUSED} keer geweigerd worden",
    ),
    "no": ("when no, the run stops", "bij nee stopt de berekening"),
    "flags": ("the primary suppression flags", "welke cellen de regels zelf halen"),
    "remainders": ("until every remainder is safe", "tot elk restant veilig is"),
    "room": ("until every hidden figure has room", "tot elk verborgen cijfer ruimte heeft"),
    "overlaps": (
        "where not, one of the two figures is hidden",
        "waar niet, wordt een van beide cijfers verborgen",
    ),
    "cell": ("where the cell is released", "waar de cel vrijkomt"),
    "step": ("where the step is released", "waar de stap vrijkomt"),
    "peer": ("readable by one holder each", "elk leesbaar voor een houder"),
    "independent": ("when no, nothing of it is opened", "bij nee wordt er niets van geopend"),
    "model": ("when all rules hold", "als alle regels gehaald zijn"),
    "band": ("one of four bands each", "elk een van vier klassen"),
    "noise": ("with noise", "met ruis"),
    "secret": (
        "as many rows as could pass; zero behind the last that does",
        "zoveel rijen als het zouden kunnen halen; nul achter de laatste die het haalt",
    ),
    "order": (
        "uniformly random permutations of shuffled rows; they tell nothing",
        "willekeurige volgordes van geschudde rijen; ze zeggen niets",
    ),
}
MOST_REHEARSED = 4000
"""Rows per holder that a rehearsal takes; times of more are extrapolated."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Something that becomes public: its name in the transcript, and how many values at most."""

    what: str
    values: int
    exact: bool
    en: str
    nl: str


def openings(study: Study, plans: Sequence[Plan], guarded: Sequence[Guarded]) -> list[Opening]:
    """Everything that the parties will open, by the names that their transcript has."""
    used = {table.name: table for plan in plans for table in plan.tables}
    found = _uploads(study, plans, used, guarded)
    if study.rules.quality_report:
        found += _quality(plans, used)
    if study.privacy is not None:
        return [*found, *_noisy(plans), *_orders(plans, used)]
    flags = sum(block.cells for plan in plans for block in blocks_of(plan) if plan.secret is None)
    flags += sum(part.sums.cells for table in guarded for part in table.new)
    if flags:
        found.append(Opening(FLAGS, flags, True, *MEANING["flags"]))
    nestings = sum(len(table.structure.nestings) for table in guarded)
    most = sum(table.structure.count for table in guarded)
    if nestings:
        found.append(Opening(REMAINDERS, nestings * most, False, *MEANING["remainders"]))
    if any(table.structure.relations for table in guarded):
        found.append(Opening(ROOM, most * most, False, *MEANING["room"]))
    pairs = [
        len(overlaps.cells) * (2 if len(overlaps.trackers) else 1)
        for table in guarded
        for overlaps in table.structure.overlaps
        if {overlaps.first, overlaps.second} <= placed_parts(table)
    ]
    if pairs:
        found.append(Opening(OVERLAPS, sum(pairs), False, *MEANING["overlaps"]))
    for plan in plans:
        found += _figures(plan, study)
    return [*found, *_orders(plans, used)]


def _uploads(
    study: Study, plans: Sequence[Plan], used: Mapping[str, Table], guarded: Sequence[Guarded]
) -> list[Opening]:
    """Of the uploads themselves, before anything is computed with them."""
    found: list[Opening] = []
    for table in used.values():
        found.append(
            Opening(
                f"rows of {table.name} per holder",
                len(table.holders),
                True,
                *MEANING["rows"],
            )
        )
        if checks_units(table):
            what = f"{table.name}: a unit has more than unit_rows rows (yes or no)"
            found.append(Opening(what, 1, True, *MEANING["yes"]))
    if any(bounded(study, plans, table, guarded) for table in used.values()):
        found.append(Opening(OUT_OF_RANGE, 1, True, *MEANING["yes"]))
    return found


def _quality(plans: Sequence[Plan], used: Mapping[str, Table]) -> list[Opening]:
    """The report on the joint data."""
    found = [
        Opening(missing_name(t.name), len(used_columns(t)), True, *MEANING["band"]) for t in used.values()
    ]
    joins = [plan.name for plan in plans if plan.join is not None]
    return found + [Opening(linked_name(name), 1, True, *MEANING["band"]) for name in joins]


def _orders(plans: Sequence[Plan], used: Mapping[str, Table]) -> list[Opening]:
    if any(checks_units(t) for t in used.values()) or any(needs_rows(p, f) for p in plans for f in p.figures):
        return [Opening(ORDER, 0, False, *MEANING["order"])]
    return []


def _noisy(plans: Sequence[Plan]) -> list[Opening]:
    """With differential privacy: noisy tables only."""
    found = []
    for plan in plans:
        cells = sum(plan.cells(grouping) for grouping in plan.sets)
        found.append(Opening(f"{plan.name}: rows per cell with noise", cells, True, *MEANING["noise"]))
        for figure in plan.figures:
            count = cells * (2 if figure.kind == "avg" else 1)
            found.append(Opening(f"{plan.name}: {figure.sql} with noise", count, True, *MEANING["noise"]))
    return found


def _figures(plan: Plan, study: Study) -> list[Opening]:
    if plan.secret is not None:
        most = study.tables[plan.table.name].max_rows // study.rules.min_units
        column = plan.table.columns[plan.secret.column]
        values = most * (1 + label_words(column) + len(plan.figures))
        return [Opening(f"{plan.name}: labels and figures that pass", values, False, *MEANING["secret"])]
    cells = sum(plan.cells(grouping) for grouping in plan.sets)
    if plan.figures[0].kind not in WHOLE:
        return [
            Opening(f"{plan.name}: {figure.sql}", cells, False, *MEANING["cell"]) for figure in plan.figures
        ]
    figure = plan.figures[0]
    if figure.kind == "kaplan_meier":
        return [Opening(f"{plan.name}: survival", cells, False, *MEANING["step"])]
    if figure.kind == "peer_band":
        holders = len(plan.table.holders)
        return [
            Opening(
                f"{plan.name}: each holder's band, masked for it alone",
                holders,
                True,
                *MEANING["peer"],
            )
        ]
    count = 2 * (len(predictors(figure, study)) - 1)
    linear = figure.kind == "linear_regression"
    name = f"{plan.name}: coefficients, standard errors, {'R², ' if linear else ''}n"
    return [
        Opening(f"{plan.name}: {INDEPENDENT}", 1, False, *MEANING["independent"]),
        Opening(name, count + (4 if linear else 2), False, *MEANING["model"]),
    ]


def explain(text: str, rows: int | None = None) -> dict[str, Any]:
    """Plans, openings, and the measured cost of a rehearsal on synthetic rows."""
    study = parse_study(text)
    plans = plan_study(study)
    guarded = guard(study, plans, ())
    wanted = {table.name: rows or table.expected_rows for plan in plans for table in plan.tables}
    most = max(wanted.values())
    large = _rehearsal(study, plans, text, min(most, MOST_REHEARSED))
    seconds = large.seconds
    rounds, sent = float(large.rounds), float(large.bytes)
    if most > MOST_REHEARSED:
        small = _rehearsal(study, plans, text, MOST_REHEARSED // 4)
        steps = (most - MOST_REHEARSED) / (MOST_REHEARSED - MOST_REHEARSED // 4)
        seconds += max(0.0, large.seconds - small.seconds) * steps
        sent += max(0, large.bytes - small.bytes) * steps
        rounds += max(0, large.rounds - small.rounds)
    return {
        "study": study.title,
        "fingerprint": study.fingerprint,
        "questions": [_plan(plan) for plan in plans],
        "opened": [
            {"what": o.what, "values": o.values, "exact": o.exact, "meaning": o.en, "betekenis": o.nl}
            for o in openings(study, plans, guarded)
        ],
        "rows_per_holder": wanted,
        "rounds": round(rounds),
        "bytes": round(sent),
        "seconds": round(seconds, 2),
        "seconds_20ms": round(seconds + rounds * ROUND_TRIP_SECONDS / 2 + sent / 3 * 8 / LINE_BITS, 2),
        "megabytes_per_party": round(large.peak_megabytes),
    }


def _rehearsal(study: Study, plans: Sequence[Plan], text: str, rows: int) -> Result:
    """A run on synthetic rows; answers are thrown away, and rules never refuse them."""
    with tempfile.TemporaryDirectory(prefix="samen-") as folder:
        data = synthesise(study, plans, Path(folder), rows)
        return run_study(text, data, Path(folder) / "ledger.json", judge=False)


def _plan(plan: Plan) -> dict[str, Any]:
    where = "holders add up their own rows" if holder_side(plan) else "parties compute on shared rows"
    if holder_side(plan) and any(needs_rows(plan, figure) for figure in plan.figures):
        where = "holders add up their own rows; sorting and fitting on shared rows"
    return {
        "name": plan.name,
        "sql": " ".join(plan.question.sql.split()),
        "tables": [table.name for table in plan.tables],
        "holders": len(plan.table.holders),
        "cells": sum(plan.cells(grouping) for grouping in plan.sets),
        "figures": [figure.sql for figure in plan.figures],
        "computed": where,
        "columns": [output.name for output in plan.outputs],
    }
