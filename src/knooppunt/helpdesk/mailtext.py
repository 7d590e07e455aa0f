# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The text of a mail: bytes in the charset that was really used, and HTML as a reader sees it. Pure."""

from __future__ import annotations

import codecs
import re
from email.header import decode_header

from lxml import html

MOST_SIGNS = 1_000_000
_AS_USED = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "euc_kr": "cp949", "shift_jis": "cp932",
}  # fmt: skip
_OTHER_NAMES = {"unicode-1-1-utf-7": "utf-7", "x-mac-roman": "mac-roman", "iso-8859-8-i": "iso-8859-8",
                "utf8mb4": "utf-8", "cp-850": "cp850", "ansi": "cp1252"}  # fmt: skip
# What Python calls codecs and no mail program writes; some of them take quadratic time.
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
_WORDS = re.compile(r"(?:=\?[^?\s]{1,60}\?[bq]\?[^?]*\?=\s*)+", re.I)
_BLOCKS = {
    "p", "div", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre",
    "section", "article", "header", "footer", "dl", "dt", "dd", "blockquote",
}  # fmt: skip
_HIDDEN = {
    "head", "style", "script", "title", "noscript", "template", "object", "svg", "math",
}  # fmt: skip
_CITED = re.compile(r"gmail_quote|yahoo_quoted|protonmail_quote|moz-cite")
_SPACE = re.compile(r"[ \t\r\n\f\v]+")


def decoded(data: bytes, charset: str) -> tuple[str, bool]:
    """The text, and whether its label was right.

    A wrong or unknown label gives way to UTF-8 when all of it is UTF-8, else to Windows-1252, which reads
    everything. Latin-1 is read as Windows-1252, as every mail program writes it.
    """
    codec = _codec(charset)
    is_western = codec == "cp1252"
    if is_western and not data.isascii() and (text := _strictly(data, "utf-8")) is not None:
        return text, False
    if codec and (text := _strictly(data, codec)) is not None:
        return text, True
    text = _strictly(data, "utf-8")
    return (data.decode("cp1252", "replace"), is_western) if text is None else (text, False)


def _codec(charset: str) -> str:
    """The codec of a label; "" when there is none that mail programs use."""
    label = charset.strip(" \"'").lower() or "utf-8"
    try:
        name = codecs.lookup(_OTHER_NAMES.get(label, label)).name
    except (LookupError, UnicodeError, ValueError):
        return ""
    return "" if name in _NO_CHARSETS else _AS_USED.get(name, name)


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (LookupError, UnicodeError, ValueError):
        return None


def header_text(value: str) -> str:
    """A header as it is meant: raw bytes read as UTF-8 or Windows-1252, encoded words decoded, one line."""
    plain = decoded(value.encode("utf-8", "surrogateescape"), "utf-8")[0]
    return " ".join(_WORDS.sub(lambda run: _words(run[0]), plain).split())


def _words(run: str) -> str:
    """A run of encoded words; a sign may be cut in two by the end of one."""
    try:
        parts = decode_header(run)
    except (ValueError, UnicodeError, LookupError):
        return run
    text = "".join(
        part if isinstance(part, str) else decoded(part, charset or "")[0] for part, charset in parts
    )
    return text + " " if run[-1:].isspace() else text


def readable(markup: str) -> str:
    """HTML as text: a line per block, addresses of links behind their words, quotations marked with ">".

    Only what a mail program marked as a quotation is one; a block that the writer indented stays theirs.
    """
    clean = markup[:MOST_SIGNS].replace("\x00", "")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = html.document_fromstring(clean.encode("utf-8", "replace"), parser=parser)
    except (ValueError, html.etree.ParserError, html.etree.XMLSyntaxError):
        return ""  # there is nothing in it
    page = _Page()
    for event, element in html.etree.iterwalk(tree, events=("start", "end")):
        page.start(element) if event == "start" else page.end(element)
    return page.text()


class _Page:
    """Lines as they are written while walking the tree."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.cites = 0
        self.hidden = 0
        self.kept = 0

    def start(self, element: html.HtmlElement) -> None:
        tag = element.tag
        self.hidden += tag in _HIDDEN
        self.kept += tag == "pre"
        if tag in _BLOCKS:
            self.close()
        self.cites += _is_cited(element)
        if tag == "li":
            self.line.append("- ")
        elif tag == "br":
            self.close(always=True)
        self.write(element.text)

    def end(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if tag == "a":
            self.write(_address(element))
        elif tag in ("td", "th"):
            self.line.append(" ")
        if tag in _BLOCKS:
            self.close()
        if tag == "p":
            self.lines.append(self.mark().rstrip())
        self.cites -= _is_cited(element)
        self.kept -= tag == "pre"
        self.hidden -= tag in _HIDDEN
        self.write(element.tail)

    def write(self, text: str | None) -> None:
        if not text or self.hidden:
            return
        first, *more = text.split("\n") if self.kept else [_SPACE.sub(" ", text)]
        self.line.append(first)
        for line in more:
            self.close(always=True)
            self.line.append(line)

    def mark(self) -> str:
        return "> " if self.cites else ""

    def close(self, *, always: bool = False) -> None:
        line = "".join(self.line)
        line = line if self.kept else line.strip()
        self.line = []
        if line.strip() or always:
            self.lines.append((self.mark() + line).rstrip())

    def text(self) -> str:
        self.close()
        return "\n".join(self.lines)


def _is_cited(element: html.HtmlElement) -> bool:
    if element.tag != "blockquote":
        return False
    return element.get("type") == "cite" or bool(_CITED.search(element.get("class", "")))


def _address(link: html.HtmlElement) -> str:
    """Where a link goes, when its words do not say so."""
    address = link.get("href", "").strip()
    if not address.lower().startswith(("http://", "https://")):
        return ""
    said = "".join(link.itertext()).strip()
    return (
        ""
        if said.rstrip("/") in (address.rstrip("/"), address.split("//", 1)[1].rstrip("/"))
        else f" ({address})"
    )
