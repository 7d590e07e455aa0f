# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a data holder does: split a column into three shares, send them once and go away.

Two of the three components are keystreams of seeds, so a value costs one word in all: party 0 gets
both seeds, party 1 the second seed and the words, party 2 the words and the first seed. Every upload is
bound to study, holder, column, party and session; the two parties that hold a component compare
fingerprints before they compute. Needs NumPy and ``cryptography`` only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .bits import SharedWords
from .errors import RangeError, UploadError
from .party import Party, protocol
from .randomness import KEY_BYTES, Stream, fresh_key
from .ring import Shared, Words, words

_MAGIC = b"samen upload 1\n"
Seeds = tuple[bytes, bytes]
"""Of both masks of a column: fresh, or derived from a secret of the holder and the column itself."""


@dataclass(frozen=True, slots=True)
class Binding:
    """What an upload is for. All three parts of an upload carry the same binding."""

    study: str
    """Fingerprint of the study file."""
    holder: str
    column: str
    session: str
    """Hexadecimal id of the run; an upload of another run is refused."""


@dataclass(frozen=True, slots=True)
class Part:
    """One party's part of one column: components ``party`` and ``party + 1``, as a seed or as words."""

    binding: Binding
    party: int
    rows: int
    xor: bool
    components: tuple[bytes, bytes]

    def pack(self) -> bytes:
        """To send: a header that names everything, then both components."""
        header = asdict(self.binding) | {"party": self.party, "rows": self.rows, "xor": self.xor}
        header["sizes"] = [len(component) for component in self.components]
        return _MAGIC + json.dumps(header, sort_keys=True).encode() + b"\n" + b"".join(self.components)


def integers(values: ArrayLike, low: int, high: int) -> Words:
    """Integers of a declared range as words. RangeError names the first row outside it."""
    array = np.asarray(values)
    if array.dtype.kind not in "iu" and array.size:
        raise RangeError(f"integers are needed, not {array.dtype}; decimals go through fixed_point")
    bad = (array < low) | (array > high)
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        raise RangeError(
            f"row {row}: {array[row]} is outside the declared range {low} to {high}; "
            "correct the value or declare a wider range"
        )
    return words(array if array.size else array.astype(np.int64))


def split(values: Words, binding: Binding, seeds: Seeds | None = None, *, xor: bool = False) -> list[Part]:
    """The three parts of a column: over Z_2^64, or XOR-shared words for key columns. Masks of ``seeds``, or
    fresh ones."""
    seeds = seeds or (fresh_key(), fresh_key())
    first, second = (Stream(seed).draw(len(values)) for seed in seeds)
    rest = (values ^ first ^ second if xor else values - first - second).tobytes()
    components = (*seeds, rest)
    return [Part(binding, i, len(values), xor, (components[i], components[(i + 1) % 3])) for i in range(3)]


def one_hot(codes: ArrayLike, groups: int) -> Words:
    """Codes 0..groups-1 as words: a one-hot byte for code % 8, then one bit per value of code // 8."""
    code = integers(codes, 0, groups - 1)
    return (np.uint64(1) << (code & np.uint64(7))) | (np.uint64(256) << (code >> np.uint64(3)))


def unpack(data: bytes, expected: Binding, party: int, rows: int) -> Part:
    """Raises UploadError when the upload is damaged or made for something else."""
    try:
        if not data.startswith(_MAGIC):
            raise ValueError("no upload of this version")
        line, body = data[len(_MAGIC) :].split(b"\n", 1)
        header = json.loads(line)
        binding = Binding(*(str(header[k]) for k in ("study", "holder", "column", "session")))
        sizes = [int(size) for size in header["sizes"]]
        found = int(header["party"]), int(header["rows"]), bool(header["xor"])
    except (ValueError, KeyError, TypeError) as error:
        raise UploadError(
            f"an upload for party {party} is damaged ({error}); the holder must send it again"
        ) from error
    if binding != expected or found[:2] != (party, rows):
        raise UploadError(
            f"an upload of holder {binding.holder!r} is for {binding}, party {found[0]}, {found[1]} rows, "
            f"but {expected}, party {party}, {rows} rows is due; the holder must upload for this run"
        )
    wanted = {KEY_BYTES, 8 * rows}
    if len(sizes) != 2 or not set(sizes) <= wanted or sum(sizes) != len(body):
        raise UploadError(
            f"an upload of holder {binding.holder!r} has the wrong length; the holder must send it again"
        )
    return Part(binding, party, rows, found[2], (body[: sizes[0]], body[sizes[0] :]))


def _expand(component: bytes, rows: int, position: int) -> Words:
    """Components 0 and 1 are seeds, component 2 is words."""
    if position < 2:
        return Stream(component).draw(rows)
    return np.frombuffer(component, dtype=np.uint64).copy()


@protocol
def receive_column(party: Party, part: Part) -> Shared | SharedWords:
    """A party's shares from its part, after both holders of each component have compared fingerprints.

    Reveals nothing: fingerprints of a component go to a party that holds it. 1 round, 32 bytes. Raises
    UploadError when the copies differ (the holder sent different data, or one was altered).
    """
    prints = [hashlib.sha256(component).digest() for component in part.components]
    party.send(party.previous, np.frombuffer(prints[0], dtype=np.uint64))
    theirs = party.receive(party.next, (4,)).tobytes()
    if theirs != prints[1]:
        raise UploadError(
            f"column {part.binding.column!r} of holder {part.binding.holder!r}: the copies at parties "
            f"{party.index} and {party.next} differ; the holder must upload again to all three"
        )
    a = _expand(part.components[0], part.rows, party.index)
    b = _expand(part.components[1], part.rows, (party.index + 1) % 3)
    return SharedWords(a, b) if part.xor else Shared(a, b)


def rows_of_holders(counts: Sequence[int]) -> list[slice]:
    """Where each holder's rows lie in the concatenated column."""
    ends: NDArray[np.int64] = np.cumsum(np.array(counts, dtype=np.int64))
    return [slice(int(end) - count, int(end)) for end, count in zip(ends, counts, strict=True)]
