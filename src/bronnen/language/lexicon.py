# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""The word lists of this package: text files that anyone can read and extend.

Each file has one entry per line; `#` starts a comment. A line that cannot be read raises
`ValueError` with file, line, cause and what to write instead.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from bronnen.language.tokens import fold


def _lines(name: str) -> Iterator[tuple[int, str]]:
    text = (files("bronnen.language") / "data" / name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        entry = line.partition("#")[0].strip()
        if entry:
            yield number, entry


def _cells(name: str, separator: str, shape: str) -> Iterator[list[str]]:
    for number, entry in _lines(name):
        cells = [cell.strip() for cell in entry.split(separator)]
        if len(cells) < 2 or not all(cells):
            raise ValueError(f"{name}, line {number}: {entry!r} is not an entry; write {shape}")
        yield cells


@cache
def words(name: str) -> frozenset[str]:
    """The folded words of a plain list: any number on a line, separated by spaces."""
    return frozenset(fold(word) for _, entry in _lines(name) for word in entry.split())


@cache
def pairs(name: str) -> dict[str, str]:
    """A list of `word = replacement`, both folded."""
    cells = _cells(name, "=", "word = replacement")
    return {fold(left): fold(right) for left, right in cells}


@cache
def groups(name: str) -> tuple[tuple[str, ...], ...]:
    """Groups of phrases that mean the same, separated by commas."""
    return tuple(tuple(cells) for cells in _cells(name, ",", "phrase, phrase, ..."))


@cache
def translations() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The bilingual glossary: Dutch phrases and the English phrases that mean the same."""
    rows = []
    for dutch, english, *rest in _cells("glossary.txt", "|", "Dutch, Dutch | English, English"):
        if rest:
            raise ValueError(f"glossary.txt: {dutch!r} has more than one '|'; write Dutch | English")
        rows.append((_phrases(dutch), _phrases(english)))
    return tuple(rows)


def _phrases(cell: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in cell.split(",") if phrase.strip())
