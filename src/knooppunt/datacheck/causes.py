# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Why a source could not be read, in the reader's language; the sentences are bronnen's."""

from __future__ import annotations

from bronnen.check.causes import explain


def say(cause: str, language: str) -> str:
    """What happened and what to do."""
    return str(getattr(explain(cause), language))
