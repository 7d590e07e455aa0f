# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Uploads: what they reveal to one party, what they are bound to, and what is refused."""

import subprocess
import sys

import numpy as np
import pytest

from samen import holder
from samen.bits import SharedWords
from samen.errors import RangeError, UploadError
from samen.runtime import run_threads

from .tools import EDGES, reveal

BINDING = holder.Binding(study="a1", holder="gemeente", column="income", session="07")


def _receive(parts, rows):
    def program(party):
        data = parts[party.index].pack()
        part = holder.unpack(data, BINDING, party.index, rows)
        return reveal(party, holder.receive_column(party, part))

    return run_threads(program)[0]


@pytest.mark.parametrize("xor", [False, True])
@pytest.mark.parametrize("values", [EDGES, [], [7]])
def test_columns_arrive(values, xor):
    words = np.array(values, dtype=np.int64).view(np.uint64)
    np.testing.assert_array_equal(
        _receive(holder.split(words, BINDING, xor=xor), len(words)).view(np.uint64), words
    )


def test_an_upload_costs_one_word_per_value_and_two_seeds():
    parts = holder.split(np.zeros(1000, dtype=np.uint64), BINDING)
    distinct = {component for part in parts for component in part.components}
    assert sum(map(len, distinct)) == 8 * 1000 + 2 * 16


def test_seeds_are_fresh():
    first, second = (holder.split(np.zeros(4, dtype=np.uint64), BINDING) for _ in range(2))
    assert not {c for p in first for c in p.components} & {c for p in second for c in p.components}


def test_the_words_alone_say_nothing():
    """Equal columns give unrelated words."""
    words = [holder.split(np.zeros(2000, dtype=np.uint64), BINDING)[2].components[0] for _ in range(2)]
    bits = np.unpackbits(np.frombuffer(words[0], np.uint8) ^ np.frombuffer(words[1], np.uint8))
    assert abs(bits.mean() - 0.5) < 5 * 0.5 / np.sqrt(bits.size)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"session": "08"}, "must upload for this run"),
        ({"study": "b2"}, "must upload for this run"),
        ({"holder": "other"}, "must upload for this run"),
        ({"column": "age"}, "must upload for this run"),
    ],
)
def test_an_upload_for_something_else_is_refused(change, text):
    fields = {"study": "a1", "holder": "gemeente", "column": "income", "session": "07"} | change
    part = holder.split(np.zeros(3, dtype=np.uint64), holder.Binding(**fields))[0]
    with pytest.raises(UploadError, match=text):
        holder.unpack(part.pack(), BINDING, 0, 3)


def test_the_part_of_another_party_or_length_is_refused():
    part = holder.split(np.zeros(3, dtype=np.uint64), BINDING)[1]
    with pytest.raises(UploadError, match=r"party 1, 3 rows, but .* party 0"):
        holder.unpack(part.pack(), BINDING, 0, 3)
    with pytest.raises(UploadError, match="4 rows is due"):
        holder.unpack(part.pack(), BINDING, 1, 4)


@pytest.mark.parametrize("damage", [b"", b"hello", b"samen upload 1\n{}", b"samen upload 1\n{}\nxx"])
def test_damaged_uploads_are_refused(damage):
    with pytest.raises(UploadError, match="must send it again"):
        holder.unpack(damage, BINDING, 0, 3)


def test_a_truncated_upload_is_refused():
    data = holder.split(np.zeros(3, dtype=np.uint64), BINDING)[2].pack()
    with pytest.raises(UploadError, match="wrong length"):
        holder.unpack(data[:-1], BINDING, 2, 3)


@pytest.mark.parametrize("component", [0, 1, 2])
def test_parties_notice_copies_that_differ(component):
    parts = holder.split(np.arange(5, dtype=np.uint64), BINDING)
    at = component  # party ``component`` holds it first
    changed = bytearray(parts[at].components[0])
    changed[0] ^= 1
    parts[at] = holder.Part(BINDING, at, 5, False, (bytes(changed), parts[at].components[1]))
    with pytest.raises(UploadError, match="differ; the holder must upload again"):
        _receive(parts, 5)


def test_declared_ranges_are_checked_before_anything_leaves():
    np.testing.assert_array_equal(holder.integers([1, 5], 1, 5), [1, 5])
    with pytest.raises(RangeError, match="row 1: 6 is outside the declared range 1 to 5"):
        holder.integers([1, 6], 1, 5)
    with pytest.raises(RangeError, match="integers are needed"):
        holder.integers([1.5], 1, 5)
    with pytest.raises(RangeError, match="row 0: 8 is outside"):
        holder.one_hot([8], 8)


def test_key_columns_are_xor_shared():
    part = holder.split(np.arange(5, dtype=np.uint64), BINDING, xor=True)[0]
    again = holder.unpack(part.pack(), BINDING, 0, 5)
    assert again == part
    assert again.xor


def test_the_holder_side_loads_no_compiler():
    code = "import samen, samen.holder, sys; assert not {'numba', 'pyarrow', 'django'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ":".join(sys.path)})


def test_received_type_follows_the_upload():
    parts = holder.split(np.arange(5, dtype=np.uint64), BINDING, xor=True)
    results = run_threads(lambda p: isinstance(holder.receive_column(p, parts[p.index]), SharedWords))
    assert results == [True] * 3
