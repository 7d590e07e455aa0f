# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A holder's turn: read, check, add up or lay out, split into shares, leave them, go away."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ..holder import split
from ..ring import Words
from ..study.data import ColumnData, TableData, read_table
from ..study.model import ROW_UNIT, Column, Study, Table
from .columns import plain_columns
from .contributions import pieces_of, shared_words
from .guard import Guarded, guard
from .job import Job, Manifest
from .layout import layout
from .plan import Plan
from .quality import quality_words
from .rows import plain_rows
from .secret import encode_labels
from .totals import totals

KEY_BITS = 63
_PADDING = np.uint64(1) << np.uint64(62)


def key_words(column: Column, data: ColumnData) -> Words:
    """Identifiers as 62-bit words: whole numbers as they are, texts by the first 62 bits of their SHA-256.

    Nobody sees these words. Two of n texts meet by accident with probability below n^2 / 2^63.
    """
    if column.type == "integer":
        return (data.values.astype(np.int64) + (1 << 40)).view(np.uint64)
    texts = [column.codes[value] for value in data.values] if column.type == "code" else list(data.values)
    digest = b"".join(hashlib.sha256(str(text).encode()).digest()[:8] for text in texts)
    return np.frombuffer(digest, dtype="<u8").astype(np.uint64) >> np.uint64(2)


def padded_keys(words: Words, rows: int) -> Words:
    """Filled up to ``rows`` with fresh random keys that no identifier has."""
    extra = np.frombuffer(secrets.token_bytes(8 * (rows - len(words))), dtype=np.uint64)
    return np.concatenate([words, (extra & (_PADDING - np.uint64(1))) | _PADDING])


def parts_of_upload(
    study: Study, table: Table, plans: list[Plan], guarded: Guarded | None, data: TableData
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
            yield from row_parts(study, table, plan, number, data)
    if checks_units(table) or (table.unit_rows > 1 and table.unit != ROW_UNIT):
        words = key_words(table.columns[table.unit], data.columns[table.unit])
        yield "units", padded_keys(words, table.padded(data.rows)), True


def row_parts(
    study: Study, table: Table, plan: Plan, number: int, data: TableData
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
            yield f"distinct{number}.{index}", column_keys(table, figure.refs[0].column, data, size), True
    if plan.secret is not None:
        column = table.columns[plan.secret.column]
        for place, words in enumerate(encode_labels(column, data.columns[plan.secret.column])):
            yield f"label{number}.{place}", np.pad(words, (0, size - data.rows)), True
    if plan.join is not None:
        key = plan.join.left if plan.join.left.table == table.name else plan.join.right
        yield f"key{number}", column_keys(table, key.column, data, size), True


def column_keys(table: Table, name: str, data: TableData, size: int) -> Words:
    """Keys of a column; rows without one get a key that nobody has."""
    words = key_words(table.columns[name], data.columns[name])
    present = data.columns[name].present
    fresh = padded_keys(np.zeros(0, dtype=np.uint64), len(words))
    return padded_keys(np.where(present, words, fresh), size)


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


def upload(study: Study, plans: list[Plan], table: Table, holder: str, path: str, job: Job) -> Manifest:
    """Read a file and leave its shares in the parties' inboxes. DataError before anything is left."""
    return leave(study, plans, table, holder, read_table(path, table), job)


def leave(study: Study, plans: list[Plan], table: Table, holder: str, data: TableData, job: Job) -> Manifest:
    words: dict[str, int] = {}
    guarded = None
    if study.privacy is None:
        guarded = {g.table: g for g in guard(study, plans, job.released)}.get(table.name)
    manifest = Manifest(table.name, holder, table.padded(data.rows), words)
    for name, values, xor in parts_of_upload(study, table, plans, guarded, data):
        words[name] = len(values)
        if name == "totals":
            keep_masks(study, table, plans, values, job, manifest)
        for part in split(values, job.binding(manifest, name), xor=xor):
            file: Path = job.file(part.party, manifest, name)
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.write_bytes(part.pack())
    return manifest
