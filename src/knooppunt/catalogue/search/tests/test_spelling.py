# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Spelling help: distances by hand and by rule, and which word is proposed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.catalogue.search.spelling import Vocabulary, distance, signature, tolerance

WORDS = {"rekenkamer": 5, "rekenmachine": 9, "schulden": 40, "schuldig": 2, "wet": 7, "weten": 3, "agenda": 8}
SHORT = st.text(alphabet="abc", max_size=6)


def vocabulary() -> Vocabulary:
    return Vocabulary(lambda prefix: [(word, n) for word, n in WORDS.items() if word.startswith(prefix)])


@pytest.mark.parametrize(
    ("first", "second", "edits"),
    [
        ("kamer", "kamer", 0),
        ("kamer", "kamr", 1),
        ("kamer", "kaemr", 1),
        ("kamer", "hamers", 2),
        ("ab", "ba", 1),
    ],
)
def test_distance_by_hand(first: str, second: str, edits: int) -> None:
    assert distance(first, second, 3) == edits


@given(first=SHORT, second=SHORT)
def test_distance_is_symmetric_bounded_and_only_zero_for_equals(first: str, second: str) -> None:
    edits = distance(first, second, 6)
    assert edits == distance(second, first, 6)
    assert (edits == 0) == (first == second)
    assert abs(len(first) - len(second)) <= edits <= max(len(first), len(second))
    assert distance(first, second, 1) == min(edits, 2)


@given(first=SHORT, second=SHORT)
def test_the_letters_never_rule_out_a_near_word(first: str, second: str) -> None:
    assert (signature(first) ^ signature(second)).bit_count() <= 2 * distance(first, second, 6)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rekenkaemr", "rekenkamer"),
        ("rekenkamre", "rekenkamer"),
        ("shculden", "schulden"),
        ("aggenda", "agenda"),
        ("ganda", None),
        ("wett", "wet"),
        ("wat", None),
        ("volstrektanders", None),
        ("x" * 1000, None),
    ],
)
def test_the_nearest_word_is_proposed(typed: str, meant: str | None) -> None:
    assert vocabulary().correct(typed) == meant


def test_short_words_are_left_alone() -> None:
    assert [tolerance("w" * size) for size in (3, 4, 7, 8)] == [0, 1, 1, 2]
