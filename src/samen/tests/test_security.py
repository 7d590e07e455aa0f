# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Transcripts do not depend on the inputs, and the mutants that would make them depend are caught.

Level: one party's received bytes on two very different inputs. Message sizes and order must be equal.
Contents: per run, frequencies of byte values over all received messages but openings are tested
for uniformity by chi-square at 1 in 10^6 per test (255 degrees of freedom: 404), with keys fixed per
test so that results repeat. Opened orders are tested for uniformity over fresh shuffles.
"""

from collections import Counter

import numpy as np
import pytest

from samen.channel.memory import memory_channels
from samen.kernels import kernels
from samen.party import Party
from samen.protocols import (
    arithmetic,
    compact,
    compare,
    convert,
    group,
    join,
    numeric,
    order,
    scan,
    shuffle,
    sort,
    steps,
    truncate,
)
from samen.randomness import Stream
from samen.runtime import run_threads

from .tools import deal, deal_words

CHI_SQUARE_255 = 404.0
"""1 in 10^6 upper quantile for 255 degrees of freedom (normal approximation of Wilson and Hilferty)."""


class Recorder:
    """A channel that remembers what it received."""

    def __init__(self, channel):
        self.channel = channel
        self.received = []

    @property
    def sent_bytes(self):
        return self.channel.sent_bytes

    def send(self, to, payload, label, clock):
        self.channel.send(to, payload, label, clock)

    def receive(self, source):
        message = self.channel.receive(source)
        self.received.append((source, message[1], message[0].tobytes()))
        return message

    def close(self, reason=None):
        self.channel.close(reason)


def transcript(program, *inputs, seed=0):
    """What each party received, and its openings, with keys fixed by ``seed``."""
    keys = [bytes([seed, j] * 8) for j in range(3)]
    seen = [None] * 3

    def run(party):
        recorder = Recorder(party.channel)
        own = Party(party.index, recorder, (keys[party.index], keys[party.next]))
        program(own, *(dealt[party.index] for dealt in inputs))
        seen[party.index] = (recorder.received, own.openings)

    run_threads(run)
    return seen


N = 3000
LOW, HIGH = np.zeros(N, dtype=np.int64), np.arange(N) % 100
KEYS = np.arange(N) * (2**61 // N)
PROGRAMS = {
    "multiply": lambda p, x, w: arithmetic.multiply(p, x, x),
    "less": lambda p, x, w: compare.less(p, x, p.public(HIGH)),
    "equal": lambda p, x, w: compare.equal(p, x, p.public(HIGH)),
    "numbers_to_words": lambda p, x, w: convert.numbers_to_words(p, x),
    "words_to_numbers": lambda p, x, w: convert.words_to_numbers(p, w, 20),
    "truncate": lambda p, x, w: truncate.truncate(p, x),
    "shuffle": lambda p, x, w: shuffle.shuffle(p, [x, w]),
    "sort": lambda p, x, w: sort.sort(p, [sort.Key(w, 62)], [x]),
    "compact": lambda p, x, w: compact.compact(p, compare.less(p, x, p.public(HIGH)), [x]),
    "group_codes": lambda p, x, w: group.group_codes(p, x, 100, [x]),
    "group_keys": lambda p, x, w: group.group_keys(p, [sort.Key(w, 62)], [x]),
    "carry_forward": lambda p, x, w: scan.carry_forward(p, x, x.reshape(1, -1)),
    "join": lambda p, x, w: join.join(
        p,
        join.Side([sort.Key(w, 62)], [x]),
        join.Side([sort.Key(p.public_words(KEYS), 62)], [x]),
        right_unique=True,
    ),
    "divide": lambda p, x, w: numeric.divide(p, x[:200], p.public(HIGH[:200] + 1)),
    "logistic": lambda p, x, w: numeric.logistic(p, x[:200]),
}
OPENED = {
    "compact": ["order"],
    "sort": ["order"],
    "group_keys": ["order", "order"],
    "join": ["order"],
}


OPENING_STEPS = "open order bits", "open_all", "open_to"


def masked_bytes(received):
    """All received bytes but those of openings."""
    openings = set(_labels(*OPENING_STEPS))
    return np.frombuffer(
        b"".join(data for _, label, data in received if label not in openings), dtype=np.uint8
    )


def _labels(*names):
    from samen.party import _NAMES

    return [label for label, name in _NAMES.items() if name in names]


def chi_square(data):
    expected = data.size / 256
    return float(((np.bincount(data, minlength=256) - expected) ** 2 / expected).sum())


def _inputs(kind):
    return deal(LOW if kind == 0 else HIGH, 1), deal_words(LOW if kind == 0 else KEYS, 5)


def _views(program):
    return [transcript(program, *_inputs(kind), seed=kind) for kind in (0, 1)]


@pytest.mark.parametrize("name", PROGRAMS)
def test_sizes_and_contents_do_not_depend_on_the_inputs(name):
    one, two = _views(PROGRAMS[name])
    for (left, opened), (right, also) in zip(one, two, strict=True):
        assert opened == also == OPENED.get(name, [])
        if name not in OPENED:  # a fresh shuffle makes the numbers of comparisons vary: see the order test
            assert [(s, m, len(d)) for s, m, d in left] == [(s, m, len(d)) for s, m, d in right]
        for received in (left, right):
            data = masked_bytes(received)
            assert data.size < 2000 or chi_square(data) < CHI_SQUARE_255


def test_sizes_inside_a_sort_depend_on_the_opened_order_alone():
    """Very different keys of the same ranks, same shuffle: the same messages, byte counts and all."""
    steep = np.array([0, *np.cumsum(2.0 ** np.linspace(0, 40, N - 1)).astype(np.int64)])
    views = [transcript(PROGRAMS["sort"], deal(LOW), deal_words(key, 5)) for key in (np.arange(N), steep)]
    for (left, _), (right, _) in zip(*views, strict=True):
        assert [(s, m, len(d)) for s, m, d in left] == [(s, m, len(d)) for s, m, d in right]


def _opened_order(seed, values):
    """The order one sort opens."""
    got = []
    original = order._sorted

    def spy(compare_, n):
        result = original(compare_, n)
        got.append(tuple(result.tolist()))
        return result

    order._sorted = spy
    try:
        x = deal_words(values, 3)
        transcript(lambda p, w: sort.sort(p, [sort.Key(w, 8)], []), x, seed=seed)
    finally:
        order._sorted = original
    assert len(set(got)) == 1
    return got[0]


@pytest.mark.parametrize("values", [[1, 2, 3], [3, 3, 3]])
def test_the_opened_order_is_uniform_whatever_the_data(values):
    """Six orders of three rows in 180 sorts: chi-square with 5 degrees of freedom below 30.9 (1 in 10^5)."""
    counts = Counter(_opened_order(seed, values) for seed in range(180))
    assert sum((counts[o] - 30) ** 2 / 30 for o in counts) + 30 * (6 - len(counts)) < 30.9


# Mutants: a protocol with its protection taken out must fail the tests above.


@pytest.mark.parametrize("name", ["less", "sort"])
def test_mutant_without_zero_share_of_bits(monkeypatch, name):
    """Summands of AND gates sent as they are: visibly not uniform."""
    monkeypatch.setattr(Party, "zero_bits", lambda self, *shape: np.zeros(shape, dtype=np.uint64))
    with pytest.raises(AssertionError):
        test_sizes_and_contents_do_not_depend_on_the_inputs(name)


def test_mutant_without_zero_share_of_numbers(monkeypatch):
    """Summands of products sent as they are: visibly not uniform."""
    real = kernels().multiply

    def bare(xa, xb, ya, yb, fa, fb, out):
        real(xa, xb, ya, yb, np.zeros_like(fa), np.zeros_like(fb), out)

    monkeypatch.setattr(kernels(), "multiply", bare)
    with pytest.raises(AssertionError):
        test_sizes_and_contents_do_not_depend_on_the_inputs("multiply")


def test_mutant_without_masks(monkeypatch):
    """Party 0's digits and the settled words sent as they are."""
    monkeypatch.setattr(Stream, "draw", lambda self, count: np.zeros(count, dtype=np.uint64))
    with pytest.raises(AssertionError):
        test_sizes_and_contents_do_not_depend_on_the_inputs("numbers_to_words")


def test_mutant_with_a_reused_shuffle(monkeypatch):
    """The same permutation in every sort: the opened order is no longer uniform."""
    monkeypatch.setattr(
        shuffle, "draw_permutation", lambda stream, n: (stream.draw(n + 64), np.arange(n, dtype=np.uint32))[1]
    )
    with pytest.raises(AssertionError):
        test_the_opened_order_is_uniform_whatever_the_data([1, 2, 3])


def test_mutant_without_tie_breaker(monkeypatch):
    """A constant instead of the row index: equal keys are opened as equal."""
    monkeypatch.setattr(
        sort,
        "index_key",
        lambda p, n: sort.Key(p.public_words(np.zeros(n, dtype=np.uint64)), sort.index_bits(n)),
    )
    with pytest.raises(AssertionError):
        test_the_opened_order_is_uniform_whatever_the_data([3, 3, 3])


def test_only_declared_openings_open():
    """Whoever sends an opening message has declared it in ``party.openings``; most protocols never do."""
    for name, program in PROGRAMS.items():
        for received, opened in transcript(program, *_inputs(1)):
            opens = bool({label for _, label, _ in received} & set(_labels(*OPENING_STEPS)))
            assert (opened, opens) == (OPENED.get(name, []), name in OPENED)


def test_an_opening_to_one_party_reaches_that_party_only():
    def program(party, x):
        values = arithmetic.open_to(party, x, 2, "result")
        assert (values is None) == (party.index != 2)
        assert party.index != 2 or (values == 5).all()

    views = transcript(program, deal([5, 5]))
    assert [len(received) for received, _ in views] == [0, 0, 1]
    assert all(opened == ["result"] for _, opened in views)


def test_keys_are_fresh_in_every_session():
    drawn = [run_threads(lambda p: p.own.draw(2).tobytes()) for _ in range(2)]
    assert not set(drawn[0]) & set(drawn[1])


def test_known_answers():
    """AES-128 of the zero block under the zero key (FIPS 197), and one multiplication with fixed keys."""
    assert Stream(bytes(16)).draw(2).tobytes().hex() == "66e94bd4ef8a2c3b884cfa59ca342b2e"
    channels = memory_channels()
    keys = [bytes([j] * 16) for j in range(3)]
    shares = deal([3, -4], 0), deal([5, 6], 1)
    summands = []
    for i in range(3):
        party = Party(i, channels[i], (keys[i], keys[(i + 1) % 3]))
        x, y = (dealt[i] for dealt in shares)
        program = steps.reshare(party, x.a * y.a + x.a * y.b + x.b * y.a + arithmetic.zero_share(party, (2,)))
        next(program)
        summands.append(channels[(i + 2) % 3].receive(i)[0].view(np.uint64))
    np.testing.assert_array_equal(sum(summands).view(np.int64), [15, -24])
    assert hex(summands[0][0]) == KNOWN_SUMMAND


KNOWN_SUMMAND = "0x950f87cd130e9b6a"
