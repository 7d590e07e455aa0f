# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading YAML: places of values, several files as one, and what is refused before it can hurt."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from knooppunt.catalogue.contentfile import DEPTH, SIZE, ContentError, read, read_texts


def problem(content: str | bytes, language: str = "en"):
    """The only problem of one file."""
    data = content if isinstance(content, bytes) else content.encode()
    with override(language), pytest.raises(ContentError) as caught:
        read_texts([("a.yaml", data)])
    (only,) = caught.value.problems
    return only


def test_values_are_plain_and_their_places_are_known():
    document = read_texts([("a.yaml", b"one: 1\ntwo:\n  - x\n  - {y: 2019-02-28}\n")])
    assert document.data == {"one": 1, "two": ["x", {"y": "2019-02-28"}]}
    assert document.places["two", 1, "y"] == ("a.yaml", 4)


def test_lists_of_several_files_are_joined_and_keep_their_own_places():
    document = read_texts([("a.yaml", b"actions: [{id: '1'}]"), ("b.yaml", b"\nactions:\n- id: '2'\n")])
    assert [action["id"] for action in document.data["actions"]] == ["1", "2"]
    assert document.places["actions", 0, "id"] == ("a.yaml", 1)
    assert document.places["actions", 1, "id"] == ("b.yaml", 3)


def test_a_key_in_two_files_is_refused():
    with override("en"), pytest.raises(ContentError) as caught:
        read_texts([("a.yaml", b"edition: 1"), ("b.yaml", b"edition: 2")])
    assert str(caught.value) == "b.yaml:1: The key 'edition' also stands in a.yaml. Keep one of the two."


def test_a_folder_is_read_as_one_document(tmp_path):
    (tmp_path / "1.yaml").write_text("edition: {}")
    (tmp_path / "2.yaml").write_text("actions: []")
    assert read(tmp_path).data == {"edition": {}, "actions": []}


def test_an_empty_folder_says_what_to_put_in_it(tmp_path):
    with override("en"), pytest.raises(ContentError, match=r"Put at least one \.yaml file in it"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("a: [1, 2\nb: 3", 2, "This is not YAML"),
        ("a: 1\nb: x: y", 2, "This is not YAML"),
        ("a: 1\n\nb: 2\na: 3", 4, "The key 'a' stands here twice"),
        ("a: &x [1]\nb: *x", 1, "Anchors and aliases"),
        ("a: 1\nb: !!python/object/apply:os.system [ls]", 2, "Tags"),
        ("? [a, b]\n: 1", 1, "A key must be a word"),
        ("- 1\n- 2", 1, "The file holds no keys"),
        ("", 1, "The file holds no keys"),
        (b"a: 1\nb: \xff\xfe", 2, "not UTF-8"),
        (b"a: \x00", 1, "This is not YAML"),
        (b"a: " + b"x" * SIZE, 1, "larger than"),
        ("a: " + "[" * (DEPTH + 1) + "]" * (DEPTH + 1), 1, "nested too deeply"),
        ("a: " + "[" * 50_000, 1, "nested too deeply"),
    ],
)
def test_what_is_wrong_and_where(content, line, words):
    found = problem(content)
    assert found.line == line
    assert words in found.message
    assert found.advice


def test_problems_are_told_in_the_readers_language():
    assert problem("a: 1\na: 2", "nl").message == "De sleutel 'a' staat hier twee keer."
