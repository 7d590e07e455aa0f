# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sums and counts per group.

``group_codes``: a secret code of at most 256 values, no sorting. ``group_keys``: any keys, by sorting.
``group_public``: public codes, local.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..bits import SharedBits, SharedWords, plane_width
from ..errors import RangeError, UploadError
from ..kernels import kernels
from ..party import Party, protocol
from ..randomness import Stream
from ..ring import Shared, Words, concatenate, stack
from .arithmetic import multiply, open_all, zero_share
from .compact import compact
from .convert import lift_steps, piece_of
from .neighbours import last_of_group
from .shuffle import numbers, packed
from .sort import Key, number_key, sort
from .steps import CHUNK_ROWS, Steps, chunks, hide, reshare, settle, together

MAX_CODES = 256
BLOCK_ROWS = 1 << 18
"""Rows whose one-hot numbers are in memory at a time: 29 words of 8 bytes each, a few times over."""


@dataclass(frozen=True, slots=True)
class Groups:
    """``sums`` has shape (columns, groups), ``counts`` (groups,)."""

    sums: Shared
    counts: Shared


def group_public(codes: NDArray[np.int64], groups: int, values: Sequence[Shared]) -> Groups:
    """Sums and counts per public code; local, nothing is sent. Counts are public here, kept by the caller."""

    def add(part: Words) -> Words:
        out = np.zeros(groups, dtype=np.uint64)
        np.add.at(out, codes, part)
        return out

    if not values:
        empty = np.zeros((0, groups), dtype=np.uint64)
        return Groups(Shared(empty, empty), Shared(empty.sum(axis=0), empty.sum(axis=0)))
    sums = stack([Shared(add(value.a), add(value.b)) for value in values])
    count = np.bincount(codes, minlength=groups).astype(np.uint64)
    return Groups(sums, Shared(count, np.zeros_like(count)))


def one_hot_steps(party: Party, codes: Shared, groups: int) -> Steps[SharedBits]:
    """The code as two one-hot vectors: planes 0-7 for code % 8, then one plane per value of code // 8.

    code = s + t mod 2^k with s known to party 0, t to parties 1 and 2. Party 0 splits the unit vector of s;
    the others turn their part by t, which makes it a part of the unit vector of the code, and fold
    it by sums over rows and columns of its 2^k bits: linear.
    """
    n, size = len(codes), max(8, 1 << max(0, groups - 1).bit_length())
    width = max(1, size // 64)
    modulo = np.uint64(size - 1)

    def secret(mask: Words) -> Words:
        out = np.empty((n, width), dtype=np.uint64)
        kernels().unit_rows((codes.a + codes.b) & modulo, mask, out)
        return out

    part = yield from hide(party, (n, width), secret)
    shape = (8 + -(-groups // 8), plane_width(n))

    def summand() -> Words:
        known = (codes.b if party.index == 1 else codes.a) & modulo
        rows, out = np.empty(n, dtype=np.uint64), np.empty(shape, dtype=np.uint64)
        kernels().turn_and_fold(part, known, size, rows)
        kernels().planes_of(rows, out)
        return out

    return SharedBits(SharedWords(*(yield from settle(party, shape, summand, xor=True))), n)


def _products(party: Party, units: Shared, value: Shared) -> Steps[Shared]:
    """Each row of ``units`` times the value."""
    out = np.empty(units.shape, dtype=np.uint64)
    for row in range(len(units)):
        masks = party.own.draw(len(value)), party.following.draw(len(value))
        kernels().multiply(units.a[row], units.b[row], value.a, value.b, *masks, out[row])
    return Shared(*(yield from reshare(party, out)))


def _table_steps(party: Party, planes: Steps[SharedBits], values: Sequence[Shared]) -> Steps[Words]:
    """Summand of the table of sums, (columns + 1, code // 8, code % 8), counts last; not yet masked."""
    units = yield from lift_steps(party, (yield from planes))
    low, high = units[:8], units[8:]
    tables = []
    for value in values:
        weighted = yield from _products(party, low, value)
        tables.append(kernels().cross(high.a, high.b, weighted.a, weighted.b))
    tables.append(kernels().cross(high.a, high.b, low.a, low.b))
    return np.stack(tables)


@protocol
def group_codes(party: Party, codes: Shared, groups: int, values: Sequence[Shared]) -> Groups:
    """[sum of values] and [count] per code in 0..groups-1, for at most 256 groups. Reveals nothing.

    A code is two digits, so the table is one outer product sum H^T (L v) with a single resharing
    [Araki et al. 2016 for the inner product]. 100 groups: 21 bit conversions and 8 products per row, about
    250 bytes; 5 rounds per 2^18 rows. Codes outside the range count nowhere they should: declare the range.
    """
    if groups > MAX_CODES:
        raise RangeError(f"{groups} groups: group_codes takes at most {MAX_CODES}; use group_keys")

    def program(rows: slice) -> Steps[Words]:
        planes = one_hot_steps(party, codes[rows], groups)
        return _table_steps(party, planes, [value[rows] for value in values])

    return _blocks(party, len(codes), groups, len(values), program)


@protocol
def group_one_hot(party: Party, units: SharedBits, groups: int, values: Sequence[Shared]) -> Groups:
    """As ``group_codes`` for codes uploaded as two one-hot vectors (planes as of ``one_hot_steps``).

    The upload must have passed ``check_one_hot``. 4 rounds per 2^18 rows; 233 bytes per row at 100 groups.
    """

    def ready(rows: slice) -> Steps[SharedBits]:
        yield from ()
        return piece_of(units, rows)

    def program(rows: slice) -> Steps[Words]:
        return _table_steps(party, ready(rows), [value[rows] for value in values])

    return _blocks(party, units.n, groups, len(values), program)


def _blocks(
    party: Party, n: int, groups: int, columns: int, program: Callable[[slice], Steps[Words]]
) -> Groups:
    """Chunks of a block run in the same rounds, blocks one after another: memory stays bounded."""
    total = zero_share(party, (columns + 1, -(-groups // 8), 8))
    for block in chunks(n, BLOCK_ROWS):
        rows = chunks(block.stop - block.start, CHUNK_ROWS)
        for summand in together([program(slice(block.start + r.start, block.start + r.stop)) for r in rows]):
            total += summand
    a, b = together([reshare(party, total)])[0]
    table = Shared(a, b).reshape(columns + 1, -1)[:, :groups]
    return Groups(table[:columns], table[columns])


@protocol
def check_one_hot(party: Party, units: SharedBits, holders: Sequence[slice]) -> None:
    """Raises UploadError at all parties when a holder's rows are not one-hot in both vectors.

    Reveals a number per holder: over its rows and both vectors the sum of r * (row sum - 1) for random r,
    drawn after the upload; 0 for a proper upload, else nonzero except with probability about 2^-59
    (a row sum differs from 1 by less than 2^5). 2 rounds, 8 bytes per plane and row; 2 more rounds to open.
    Source: the random linear combination of Prio (Corrigan-Gibbs, Boneh, NSDI 2017), over shared bits.
    """
    n = units.n
    parts = together([lift_steps(party, piece_of(units, rows)) for rows in chunks(n)])
    low = concatenate([part[:8].sum(axis=0) for part in parts])
    high = concatenate([part[8:].sum(axis=0) for part in parts])
    one = party.public(np.ones(n, dtype=np.uint64))
    key = open_all(party, party.random(2), "coin for checking uploads").tobytes()
    coins = Stream(key).draw(2 * n)
    errors = (low - one).scale(coins[:n]) + (high - one).scale(coins[n:])
    sums = stack([errors[rows].sum() for rows in holders])
    for holder, value in enumerate(open_all(party, sums, "one-hot check per holder")):
        if value:
            raise UploadError(
                f"upload {holder} is not one-hot in every row; its holder must encode and upload again"
            )


@dataclass(frozen=True, slots=True)
class KeyGroups:
    """Groups in key order, in as many rows as the input has; rows beyond the last group are zero.

    ``words`` are the packed keys (validity, keys, row index; see ``pack_keys``), ``sums`` (columns, n),
    ``counts`` (n,), ``exists`` (n,) 0/1. How many groups exist is not revealed.
    """

    words: list[SharedWords]
    sums: Shared
    counts: Shared
    exists: Shared


@protocol
def group_keys(
    party: Party, keys: Sequence[Key], values: Sequence[Shared], valid: Shared | None = None
) -> KeyGroups:
    """[sum of values] and [count] per distinct key of valid rows. Reveals nothing, not even how many groups.

    Sort by (validity, keys); prefix sums are local; rows that end a group are compacted to the front in
    order, and differences of neighbouring prefix sums are the sums per group. Costs one sort, one equality
    of neighbours and one compaction; the prefix-sum form is that of Hamada et al. (2014) and
    Secrecy (Liagouris et al., NSDI 2023).
    """
    n = len(keys[0].words)
    present = valid if valid is not None else party.public(np.ones(n, dtype=np.uint64))
    fields = [number_key(party, present, 1, descending=True), *keys]
    words, columns = sort(party, fields, [present, *values])
    present, *rest = numbers(columns)
    last = multiply(party, last_of_group(party, words, sum(key.bits for key in fields)), present)
    totals = [number.cumsum() for number in (present, *rest)]
    moved = compact(party, last, [*words, *totals])
    prefix = stack(numbers(moved.columns))
    before = Shared(np.roll(prefix.a, 1, axis=1), np.roll(prefix.b, 1, axis=1))
    before.a[:, :1] = before.b[:, :1] = 0
    flags = stack([moved.flags] * len(prefix.a))
    sums = multiply(party, prefix - before, flags)
    return KeyGroups(packed(moved.columns), sums[1:], sums[0], moved.flags)
