# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two texts beside each other: nothing of either is lost in the comparison."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knooppunt.flow.difference import Part, word_difference
from knooppunt.practices.comparing import compare
from knooppunt.practices.tests.conftest import CONTENT

TEXTS = st.text(alphabet="ab \n.é", max_size=60)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_back(old, new):
    parts = word_difference(old, new)
    assert "".join(p.text for p in parts if p.kind != "added") == old
    assert "".join(p.text for p in parts if p.kind != "removed") == new


def test_only_words_that_differ_are_marked():
    assert word_difference("Wij zien schulden laat.", "Wij zien schulden vroeg.") == (
        Part("same", "Wij zien schulden "),
        Part("removed", "laat."),
        Part("added", "vroeg."),
    )


def test_changes_beside_each_other_read_as_one():
    assert word_difference("de oude tekst", "een nieuwe tekst") == (
        Part("removed", "de oude"),
        Part("added", "een nieuwe"),
        Part("same", " tekst"),
    )


def test_fields_that_differ_come_in_the_order_of_the_template():
    new = CONTENT | {"problem": {"nl": "Anders."}, "title": {"nl": "Ook anders"}}
    assert [str(d.label) for d in compare(CONTENT, new, "nl")] == ["Titel", "Het probleem"]
    assert compare(CONTENT, new, "en") == []


def test_a_very_long_text_is_shown_whole():
    old, new = "a " * 9000, "b " * 9000
    assert word_difference(old, new) == (Part("removed", old), Part("added", new))
