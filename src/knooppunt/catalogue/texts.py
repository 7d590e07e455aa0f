# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a text may hold to be shown anywhere."""

from __future__ import annotations

import re

_NOWHERE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def showable(text: str) -> str:
    """The text without the characters that XML 1.0 (2.2, Char) or PostgreSQL refuse, and without DEL."""
    return _NOWHERE.sub("", text)
