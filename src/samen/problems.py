# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a user must repair: where, why and how, in Dutch and English."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from .errors import SamenError

LANGUAGES = ("en", "nl")
_LINE = {"en": "line", "nl": "regel"}


def default_language() -> str:
    """Dutch when the environment is Dutch, else English."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "nl" if spoken.startswith("nl") else "en"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to repair: cause and cure in one sentence per language."""

    en: str
    nl: str
    line: int | None = None
    """Line of the file (1 is the first), or None when it is about the whole."""

    def text(self, language: str) -> str:
        words = self.nl if language == "nl" else self.en
        return words if self.line is None else f"{_LINE[language]} {self.line}: {words}"


class ProblemsError(SamenError):
    """Input that a user must repair. ``problems`` says what, in both languages."""

    def __init__(self, problems: Sequence[Problem] | Problem) -> None:
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__("\n".join(problem.text("en") for problem in self.problems))

    def text(self, language: str) -> str:
        return "\n".join(problem.text(language) for problem in self.problems)

    def __reduce__(self) -> tuple[type[ProblemsError], tuple[list[Problem]]]:
        return type(self), (self.problems,)


class StudyError(ProblemsError):
    """The study file."""


class DataError(ProblemsError):
    """A holder's file."""


class QuestionError(ProblemsError):
    """A question that is not supported or not permitted."""


class RefusedError(ProblemsError):
    """A question that may not be answered: the answer would disclose."""
