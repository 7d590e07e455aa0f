# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""How sure the ranking may be of its first result: a logistic map of coverage and lead."""

import math
from collections.abc import Sequence
from typing import Protocol


class Scored(Protocol):
    """A result of the ranking, or what a search made of it."""

    @property
    def score(self) -> float: ...

    @property
    def coverage(self) -> float: ...


# Fitted on the developing half of five sets of questions that each have one right answer, every set
# weighing the same; docs/reference/questions.md has what came of it on the half kept apart.
INTERCEPT = -2.214
COVERAGE = 1.096
LEAD = 4.788


def confidence(results: Sequence[Scored]) -> float:
    """The chance that the first result is the right one, if the right one is among them; 0.0 without results.

    *Coverage* is the share of the question that it holds, *lead* the root of how far its score is above the
    second as a share of its own. Higher coverage or lead never gives a lower chance.
    """
    if not results or results[0].score <= 0:
        return 0.0
    first = results[0]
    second = results[1].score if len(results) > 1 else 0.0
    lead = math.sqrt(max(first.score - second, 0.0) / first.score)
    return 1 / (1 + math.exp(-(INTERCEPT + COVERAGE * first.coverage + LEAD * lead)))
