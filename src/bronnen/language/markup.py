# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Blanks out HTML, Markdown and template code, so that only what people read is analysed."""

import re

_NOISE = re.compile(
    r"<(?:script|style)\b[^>]*>.*?</(?:script|style)\s*>"  # code and style sheets with their contents
    r"|<!--.*?-->"
    r"|</?[A-Za-z][^<>]{0,2000}>"  # tags
    r"|\{%.{0,500}?%\}"  # template statements
    r"|\{\{.{0,500}?\}\}"  # template values
    r"|\{:[^{}\n]{0,500}\}"  # attribute lists behind a Markdown link
    r"|(?<=\])\([^()\s]*(?:\s+\"[^\"\n]*\")?\)"  # the address behind a Markdown link text
    r"|\bhttps?://[^\s<>\"')\]]+"
    r"|&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});",
    re.DOTALL,
)


def plain(text: str) -> str:
    """`text` with markup replaced by as many spaces: every offset still points at the same character.

    Element names, addresses, template code and character references go; link texts and everything
    else that a reader sees stay.
    """
    if not any(mark in text for mark in "<{&(") and "://" not in text:
        return text
    return _NOISE.sub(lambda match: " " * len(match.group()), text)
