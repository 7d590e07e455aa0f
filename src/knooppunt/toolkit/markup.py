# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The small part of Markdown that answers are written in: paragraphs, lists, **bold**, *stress*, [links](https://…).

Anything else, HTML included, is shown as the text that it is.
"""

from __future__ import annotations

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_ITEM = re.compile(r"^(?:[-*]|\d{1,3}\.) +")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\((https?://[^\s()<>]{1,500}|/[^\s()<>]{0,500})\)")
_BOLD = re.compile(r"\*\*([^*\n]{1,500})\*\*")
_STRESS = re.compile(r"(?<![\w*])\*([^*\n]{1,500})\*(?![\w*])")


def as_html(text: str) -> SafeString:
    """The text as safe HTML."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return mark_safe("\n".join(map(_block, filter(None, blocks))))  # noqa: S308 - every text is escaped


def as_text(text: str) -> str:
    """The text without its marks, to search and to print."""
    lines = (_ITEM.sub("", line) for line in text.splitlines())
    return _STRESS.sub(r"\1", _BOLD.sub(r"\1", _LINK.sub(r"\1", "\n".join(lines))))


def _block(block: str) -> str:
    """Lines that begin with a mark are items; other lines belong to the paragraph or item before them."""
    html, items, lines = "", [], block.split("\n")
    tag = "ol" if re.match(r"\d", next((line for line in lines if _ITEM.match(line)), "")) else "ul"
    paragraph: list[str] = []
    for line in lines:
        if _ITEM.match(line):
            items.append(_ITEM.sub("", line))
        elif items:
            items[-1] += f" {line.strip()}"
        else:
            paragraph.append(line.strip())
    if paragraph:
        html = f"<p>{_inline(' '.join(paragraph))}</p>"
    if items:
        html += f"<{tag}>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</{tag}>"
    return html


def _inline(text: str) -> str:
    html = _LINK.sub(r'<a href="\2">\1</a>', str(escape(text)))
    return _STRESS.sub(r"<em>\1</em>", _BOLD.sub(r"<strong>\1</strong>", html))
