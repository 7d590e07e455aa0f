# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""GROUP BY a column without a public list: labels stay secret unless their group passes every rule.

Rows are grouped by sorting; groups that pass are moved to the front, and only as many rows as could pass,
rows / min_units, are opened: what is behind the last passing group is zero. How many groups there are is
never opened.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..bits import SharedWords
from ..disclosure.rules import Tally, cells_pass, tops_needed
from ..party import Party
from ..protocols.arithmetic import multiply, open_all
from ..protocols.compact import compact
from ..protocols.compare import equal
from ..protocols.convert import words_to_numbers
from ..protocols.group import KeyGroups, group_keys
from ..protocols.shuffle import numbers, packed
from ..protocols.sort import Key, index_bits, number_key, sort
from ..ring import Shared, concatenate, signed, stack
from ..statistics.ranks import MAGNITUDE_BITS, ones, zeros
from ..study.data import ColumnData
from ..study.model import Column, Study
from .figures import term_count
from .frame import Frame
from .job import Job
from .plan import Plan
from .receive import receive_words
from .results import secret_result
from .rows import max_rows

LABEL_BYTES = 7
LABEL_BITS = 8 * LABEL_BYTES


@dataclass(frozen=True, slots=True)
class SecretAnswer:
    """Labels and opened integers of the groups that passed; one row per group."""

    question: str
    labels: list[str | int]
    values: NDArray[np.int64]
    """(figures, groups)"""


def label_words(column: Column) -> int:
    """Words of a label: texts take seven bytes each, numbers one."""
    return -(-column.max_length // LABEL_BYTES) if column.type == "text" else 1


def encode_labels(column: Column, data: ColumnData) -> list[NDArray[np.uint64]]:
    """Labels as words, most significant first."""
    if column.type != "text":
        return [(data.values.astype(np.int64) - column.low).astype(np.uint64)]
    count = label_words(column)
    raw = b"".join(str(text).encode().ljust(count * LABEL_BYTES, b"\0") for text in data.values)
    parts = np.frombuffer(raw, dtype=np.uint8).reshape(-1, count, LABEL_BYTES).astype(np.uint64)
    shifts = np.arange(LABEL_BYTES - 1, -1, -1, dtype=np.uint64) * np.uint64(8)
    words = np.left_shift(parts, shifts).sum(axis=2, dtype=np.uint64)
    return [np.ascontiguousarray(words[:, place]) for place in range(count)]


def decode_label(column: Column, words: NDArray[np.uint64]) -> str | int:
    if column.type != "text":
        return int(words[0]) + column.low
    raw = b"".join(int(word).to_bytes(LABEL_BYTES, "big") for word in words)
    return raw.rstrip(b"\0").decode("utf-8", errors="replace")


def secret_answer(
    party: Party, job: Job, plan: Plan, number: int, frame: Frame, study: Study
) -> SecretAnswer:
    """The groups that pass. Opens rows / min_units labels, flags and values, and nothing of other groups."""
    assert plan.secret is not None  # noqa: S101 - the planner says so
    column = study.tables[plan.secret.table].columns[plan.secret.column]
    manifests = job.of_table(plan.table.name)
    labels = [receive_words(party, job, manifests, f"label{number}.{w}") for w in range(label_words(column))]
    rows = len(labels[0])
    most = max(1, rows // study.rules.min_units)
    groups, pieces = _grouped(party, plan, frame, labels, study)
    flags = groups.exists
    tallies = []
    for index in range(len(plan.figures)):
        tallies.append(_tally(groups.sums, pieces[index], frame.holder_count, plan, index))
        flags = multiply(party, flags, cells_pass(party, tallies[-1], study.rules))
    names = [_without_index(party, groups, place, len(labels), rows) for place in range(len(labels))]
    width = [tally.terms for tally in tallies]
    moved = compact(party, flags, [*names, *(terms[t] for terms in width for t in range(len(terms)))])
    kept = moved.flags[:most]
    opened_labels = [word[:most] for word in numbers(moved.columns)[: len(names)]]
    columns = numbers(moved.columns)[len(names) :]
    values = []
    for index, figure in enumerate(plan.figures):
        count = len(width[index])
        terms, columns = stack([c[:most] for c in columns[:count]]), columns[count:]
        terms = multiply(party, terms.reshape(-1), Shared(np.tile(kept.a, count), np.tile(kept.b, count)))
        terms = _safe_divisors(party, terms.reshape(count, -1), kept)
        shown = Tally(kept, terms, terms, None, terms)
        result = secret_result(party, figure, shown, study, max_rows(plan))
        values.append(multiply(party, result, kept))
    masked = [multiply(party, word, kept) for word in opened_labels]
    table = open_all(party, stack([kept, *masked, *values]), f"{plan.name}: labels and figures that pass")
    passing = np.flatnonzero(table[0])
    words = table[1 : 1 + len(labels)][:, passing]
    return SecretAnswer(
        plan.name,
        [decode_label(column, words[:, group]) for group in range(len(passing))],
        signed(table[1 + len(labels) :][:, passing]),
    )


def _safe_divisors(party: Party, terms: Shared, kept: Shared) -> Shared:
    """Rows that are not shown divide zero by one."""
    return terms + stack([ones(party, len(kept)) - kept] * len(terms.a))


def _grouped(
    party: Party, plan: Plan, frame: Frame, labels: list[SharedWords], study: Study
) -> tuple[KeyGroups, dict[int, slice]]:
    """Groups with the columns of all figures, and where each figure's columns are."""
    columns: list[Shared] = []
    pieces = {}
    count = tops_needed(study.rules)
    keys = [Key(words, LABEL_BITS) for words in labels]
    valid = next(iter(frame.figures.values())).base
    for index in range(len(plan.figures)):
        shares = frame.figures[index]
        start = len(columns)
        columns += [frame.of_holder(party, shares.contributes, h) for h in range(frame.holder_count)]
        columns += [shares.base, *(shares.terms[t] for t in range(len(shares.terms)))]
        if count and shares.magnitude is not None:
            columns += [shares.magnitude]
        pieces[index] = slice(start, len(columns))
    for index in range(len(plan.figures)):
        shares = frame.figures[index]
        if count and shares.magnitude is not None:
            keys, valid, columns, tops = _tops(party, keys, valid, columns, pieces[index].stop - 1, count)
            at = pieces[index].stop
            columns = [*columns[:at], *tops, *columns[at:]]
            pieces = {
                i: slice(p.start + (count if p.start >= at else 0), p.stop + (count if p.stop >= at else 0))
                for i, p in pieces.items()
            }
    return group_keys(party, keys, columns, valid), pieces


def _tops(
    party: Party, keys: list[Key], valid: Shared, columns: list[Shared], magnitude: int, count: int
) -> tuple[list[Key], Shared, list[Shared], list[Shared]]:
    """Everything in another order, with the largest magnitudes of each label in columns of their own."""
    order = [
        number_key(party, valid, 1, descending=True),
        *keys,
        number_key(party, columns[magnitude], MAGNITUDE_BITS, descending=True),
    ]
    _, moved = sort(party, order, [*(key.words for key in keys), valid, *columns])
    words, (valid, *columns) = packed(moved), numbers(moved)
    names = [words_to_numbers(party, word, LABEL_BITS) for word in words]
    n = len(valid)
    same = ones(party, n - 1)
    for name in names:
        same = multiply(party, same, equal(party, name[1:], name[:-1], LABEL_BITS))
    same = concatenate([zeros(party, 1), same])
    rank, tops = ones(party, n) - same, []
    for place in range(count):
        if place:
            rank = multiply(party, same, concatenate([zeros(party, 1), rank[:-1]]))
        tops.append(multiply(party, multiply(party, rank, valid), columns[magnitude]))
    return [Key(word, LABEL_BITS) for word in words], valid, columns, tops


def _tally(sums: Shared, piece: slice, holders: int, plan: Plan, index: int) -> Tally:
    """The tally of a figure, one entry per group."""
    own = sums[piece]
    present, base, rest = own[:holders], own[holders], own[holders + 1 :]
    units = present.sum(axis=0)
    figure = plan.figures[index]
    terms = term_count(figure)
    magnitude = rest[terms] if len(rest.a) > terms else None
    return Tally(
        units=units,
        without=Shared(units.a - present.a, units.b - present.b),
        present=present,
        base=base if figure.narrow else None,
        terms=rest[:terms],
        tops=rest[terms + 1 :] if magnitude is not None else None,
        magnitude=magnitude,
    )


def _without_index(party: Party, groups: KeyGroups, place: int, count: int, rows: int) -> Shared:
    """A label word as a number, from the packed keys (validity, words, row index)."""
    low = index_bits(rows) + LABEL_BITS * (count - 1 - place)
    word, offset = divmod(low, 64)
    found = groups.words[word].shift(-offset)
    if offset + LABEL_BITS > 64:
        found = found ^ groups.words[word + 1].shift(64 - offset)
    return words_to_numbers(party, found.mask(np.uint64((1 << LABEL_BITS) - 1)), LABEL_BITS)
