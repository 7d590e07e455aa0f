# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""On which line of a TOML file a key stands. The standard parser does not say."""

from __future__ import annotations

import re

Path = tuple[str, ...]
_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_DOTTED = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]\]?\s*(?:#.*)?$")
_ASSIGN = re.compile(rf"\s*({_DOTTED})\s*=")
_QUOTES = re.compile(r'"""|' + r"'''")


def _parts(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in re.findall(_KEY, dotted))


def line_numbers(text: str) -> dict[Path, int]:
    """Path of every table and key to its first line. Arrays of tables are numbered: questions, 0."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    current: Path = ()
    open_quotes = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if open_quotes:
            if line.count(open_quotes) % 2:
                open_quotes = ""
            continue
        header = _HEADER.match(line)
        assign = None if header else _ASSIGN.match(line)
        if header:
            current = _parts(header[2])
            if header[1] == "[[":
                index = counts.get(current, 0)
                counts[current] = index + 1
                current = (*current, str(index))
            found.setdefault(current, number)
        elif assign:
            found.setdefault((*current, *_parts(assign[1])), number)
        for quotes in _QUOTES.findall(line):
            open_quotes = quotes if line.count(quotes) % 2 else ""
    return found


def nearest(lines: dict[Path, int], path: Path) -> int | None:
    """The line of a path, or of what it stands in."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None
