# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A study as typed, checked values. Numbers are integers of a declared scale, 10^-decimals."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal

ROW_UNIT = "row"
MAX_LABEL_BYTES = 21


@dataclass(frozen=True, slots=True)
class Column:
    """``low`` and ``high`` and ``breakpoints`` are scaled integers; days since 1970 for dates."""

    name: str
    type: str
    header: str
    permissions: frozenset[str]
    low: int = 0
    high: int = 0
    scale: int = 0
    codes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    required: bool = False
    breakpoints: tuple[int, ...] = ()
    weight: bool = False
    max_length: int = MAX_LABEL_BYTES
    round_to: int = 1
    unit_of_measurement: str = ""
    description: str = ""
    line: int = 0

    @property
    def numeric(self) -> bool:
        return self.type in ("integer", "decimal", "date")

    def scaled(self, value: Decimal | int) -> int:
        """A value as an integer of this column's scale; half goes to even."""
        return int((Decimal(value) * 10**self.scale).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    holders: tuple[str, ...]
    unit: str
    unit_rows: int
    version: str
    versions: str
    """guarded or independent: whether figures of other versions forbid those of this one."""
    delimiter: str
    decimal: str
    pad_rows: int
    max_rows: int
    expected_rows: int
    columns: Mapping[str, Column]
    line: int = 0

    def padded(self, rows: int) -> int:
        """What is told about the number of rows of a holder."""
        return -(-max(rows, 1) // self.pad_rows) * self.pad_rows


@dataclass(frozen=True, slots=True)
class Rules:
    min_units: int = 10
    min_holders: int = 3
    leave_one_out: bool = True
    dominance_n: int = 1
    dominance_k: int = 75
    p_percent: int = 10
    full_cells: str = "disclosive"
    zeros: str = "hidden"
    round_counts: int = 1
    round_sums: int = 0
    quantiles: tuple[float, ...] = (0.1, 0.25, 0.5, 0.75, 0.9)
    min_interval: float = 1
    residual_df: int = 10
    quality_report: bool = False


@dataclass(frozen=True, slots=True)
class Privacy:
    """Pure epsilon per question plus delta for what the sampler cannot do exactly."""

    epsilon: float
    delta: float
    budget: float


@dataclass(frozen=True, slots=True)
class Question:
    name: str
    sql: str
    title: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Study:
    """``canonical`` is what everybody signs: the file's content without layout and comments."""

    title: str
    purpose: str
    legal_ground: str
    retention: str
    parties: tuple[str, ...]
    holders: tuple[str, ...]
    tables: Mapping[str, Table]
    rules: Rules
    privacy: Privacy | None
    questions: tuple[Question, ...]
    canonical: str = field(repr=False)

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    def tables_of(self, holder: str) -> list[Table]:
        return [table for table in self.tables.values() if holder in table.holders]


def canonical_text(content: Mapping[str, object]) -> str:
    """Sorted keys, no spaces: the same for every layout of the same content."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
