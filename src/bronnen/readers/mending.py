# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Broken XML made whole, so that one bare ampersand does not take the rest of a catalogue along."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from lxml import etree  # type: ignore[import-untyped, unused-ignore]

#: The tree is held in memory, some ten times the file.
MOST_BYTES: Final = 32 << 20
_TORN: Final = ("ERR_DOCUMENT_END", "ERR_TAG_NOT_FINISHED", "ERR_GT_REQUIRED", "ERR_DOCUMENT_EMPTY")


def mend(path: Path, into: Path) -> bool:
    """Writes what can be made of a broken XML file; False when it is too large or nothing is left.

    A torn file is left as it is: its last thing would be half of one. No entity is unfolded, nothing is
    fetched.
    """
    if path.stat().st_size > MOST_BYTES:
        return False
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.parse(str(path), parser)
    except etree.XMLSyntaxError:
        return False
    if tree.getroot() is None or any(error.type_name in _TORN for error in parser.error_log):
        return False
    tree.write(str(into), encoding="utf-8", xml_declaration=True)
    return True
