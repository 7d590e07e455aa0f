# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The answer to "may this person do this?": yes, or no with the reason, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


class RefusedError(PermissionDenied):
    """This person may not do this; the message says why, in the reader's language."""


@dataclass(frozen=True)
class Answer:
    """Yes, or no with the reason. True and false where only that is asked."""

    allowed: bool
    reason: Promise | str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Answer(True)


def require(answer: Answer | bool) -> None:
    """Go on when the answer is yes; otherwise refuse with its reason."""
    if not answer:
        raise RefusedError(str(answer.reason) if isinstance(answer, Answer) else "")
