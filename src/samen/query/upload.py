# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A holder's turn: read, check, add up or lay out, split into shares, leave them, go away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ..holder import split
from ..randomness import Stream
from ..ring import Words
from ..study.data import ColumnData, TableData, read_table
from ..study.model import ROW_UNIT, Column, Study, Table
from .columns import plain_columns
from .contributions import pieces_of, shared_words
from .guard import Guarded, guard
from .job import Job, Manifest
from .keeping import Keeping, identifiers
from .layout import layout
from .plan import Plan
from .quality import quality_words
from .rows import plain_rows
from .secret import encode_labels
from .totals import totals

KEY_BITS = 63
_PADDING = np.uint64(1) << np.uint64(62)


def key_words(column: Column, data: ColumnData, own: Keeping) -> Words:
    """Identifiers as 62-bit words."""
    values = data.values.tolist()
    return identifiers([column.codes[v] if column.type == "code" else str(v) for v in values], own.common)


def padded_keys(words: Words, rows: int, padding: Stream) -> Words:
    """Filled up to ``rows`` with keys that no identifier has."""
    extra = padding.draw(rows - len(words))
    return np.concatenate([words, (extra & (_PADDING - np.uint64(1))) | _PADDING])


def parts_of_upload(
    study: Study, table: Table, plans: list[Plan], guarded: Guarded | None, data: TableData, own: Keeping
) -> Iterator[tuple[str, Words, bool]]:
    """Name, words, and whether they are XOR-shared, of each part of an upload."""
    parts = layout(plans, table, study)
    if parts:
        yield "totals", totals(parts, plain_rows(study, table, data), study), False
    if guarded is not None and pieces_of(guarded, study.rules):
        yield "sums", shared_words(guarded, plain_rows(study, table, data)), False
    if study.rules.quality_report:
        yield "quality", quality_words(table, data), False
    for number, plan in enumerate(plans):
        if table in plan.tables:
            yield from row_parts(study, table, plan, number, data, own)
    if checks_units(table) or (table.unit_rows > 1 and table.unit != ROW_UNIT):
        yield "units", column_keys(table, table.unit, data, table.padded(data.rows), own, "units"), True


def row_parts(
    study: Study, table: Table, plan: Plan, number: int, data: TableData, own: Keeping
) -> Iterator[tuple[str, Words, bool]]:
    """Rows of one question, where totals are not enough."""
    rows, size = plain_rows(study, table, data), table.padded(data.rows)
    columns = plain_columns(plan, table, rows)
    if columns:
        matrix = np.zeros((len(columns), size), dtype=np.int64)
        matrix[:, : data.rows] = np.stack(columns)
        yield f"rows{number}", matrix.reshape(-1).view(np.uint64), False
    for index, figure in enumerate(plan.figures):
        if figure.kind == "count_distinct" and figure.refs[0].table == table.name:
            name = f"distinct{number}.{index}"
            yield name, column_keys(table, figure.refs[0].column, data, size, own, name), True
    if plan.secret is not None:
        column = table.columns[plan.secret.column]
        for place, words in enumerate(encode_labels(column, data.columns[plan.secret.column])):
            yield f"label{number}.{place}", np.pad(words, (0, size - data.rows)), True
    if plan.join is not None:
        key = plan.join.left if plan.join.left.table == table.name else plan.join.right
        name = f"key{number}"
        yield name, column_keys(table, key.column, data, size, own, name), True


def column_keys(table: Table, name: str, data: TableData, size: int, own: Keeping, part: str) -> Words:
    """Keys of a column; rows without one, and padding, get a key that nobody has."""
    words = key_words(table.columns[name], data.columns[name], own)
    present = data.columns[name].present
    padding = own.stream(f"{table.name} {table.version} {part}", words)
    nobody = padded_keys(np.zeros(0, dtype=np.uint64), len(words), padding)
    return padded_keys(np.where(present, words, nobody), size, padding)


def mask_file(job: Job, manifest: Manifest) -> Path:
    """Where a holder keeps its masks: its own folder, not an inbox."""
    return Path(job.inbox) / "holders" / f"{manifest.table}.{manifest.holder}.json"


def keep_masks(
    study: Study, table: Table, plans: list[Plan], values: Words, job: Job, manifest: Manifest
) -> None:
    """What hides a holder's band from all others stays with the holder."""
    start, masks = 0, {}
    for part in layout(plans, table, study):
        if part.what == "mask":
            masks[part.block.question] = int(values[start])
        start += part.size
    if masks:
        mask_file(job, manifest).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        mask_file(job, manifest).write_text(json.dumps(masks))


def checks_units(table: Table) -> bool:
    """Whether the parties check how many rows a unit has: within one holder the holder did."""
    return table.unit != ROW_UNIT and len(table.holders) > 1


def upload(
    study: Study, plans: list[Plan], table: Table, holder: str, path: str, job: Job, own: Keeping
) -> Manifest:
    """Read a file and leave its shares in the parties' inboxes. DataError before anything is left."""
    data = read_table(path, table)
    words: dict[str, int] = {}
    guarded = None
    if study.privacy is None:
        guarded = {g.table: g for g in guard(study, plans, job.released)}.get(table.name)
    manifest = Manifest(table.name, holder, table.padded(data.rows), words, own.commitments(table, data))
    for name, values, xor in parts_of_upload(study, table, plans, guarded, data, own):
        words[name] = len(values)
        if name == "totals":
            keep_masks(study, table, plans, values, job, manifest)
        seeds = own.seeds(f"{study.fingerprint} {table.name} {name}", values)
        for part in split(values, job.binding(manifest, name), seeds, xor=xor):
            file: Path = job.file(part.party, manifest, name)
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.write_bytes(part.pack())
    return manifest
