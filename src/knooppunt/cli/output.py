# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""How commands speak: results on stdout, progress on stderr."""

from __future__ import annotations

import json
import sys
from typing import Any


def say(text: str) -> None:
    """One line of progress."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def result(value: Any, *, as_json: bool, text: str = "") -> None:
    """The outcome: JSON when asked, else a text for people."""
    print(json.dumps(value, ensure_ascii=False, indent=2) if as_json else text)  # noqa: T201
