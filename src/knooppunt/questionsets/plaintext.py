# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts of others as plain text: what they marked up as HTML keeps its lines, items and addresses."""

from __future__ import annotations

from html.parser import HTMLParser

BREAKS = frozenset(("br", "p", "div", "ul", "ol", "tr", "h1", "h2", "h3", "h4"))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BREAKS:
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n• ")
        elif tag == "a":
            self.link = dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.link.startswith(("https://", "http://")):
            self.parts.append(f" ({self.link})")
        if tag in ("a", "p"):
            self.link = ""

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def plain(text: str) -> str:
    """The text without markup; a text without any stays as it is, except for space at its ends."""
    if "<" not in text and "&" not in text:
        return text.strip()
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).splitlines())
    return "\n".join(line for line in lines if line)
