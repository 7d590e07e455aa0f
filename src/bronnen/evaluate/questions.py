# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""What the help desk would answer: the desk's ranking beside plain BM25, and whether its confidence holds."""

from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from bronnen.evaluate.bm25 import BM25
from bronnen.evaluate.files import read_documents, read_questions
from bronnen.evaluate.measures import measures
from bronnen.evaluate.memory import MemoryIndex
from bronnen.ranking import confidence

BINS = 10
Answered = tuple[float, bool]


def questions(answers: Path, asked: Path) -> dict[str, Any]:
    """The measures of `retrieval` for both rankings, and the calibration of the first answers.

    `calibration` has a row per tenth of confidence that occurs: how many questions, what was said on
    average, and which share of the first answers was right; `brier` is the mean squared difference.
    Raises `InputError` for files that cannot be used.
    """
    documents, wanted = read_documents(answers), read_questions(asked)
    numbers = {document.id: number for number, document in enumerate(documents)}
    desk, baseline = MemoryIndex(documents), BM25([f"{d.title} {d.text}" for d in documents])
    desk_ranks: list[int | None] = []
    plain_ranks: list[int | None] = []
    said: list[Answered] = []
    for question in wanted:
        right = numbers.get(question.answer)
        ranked, behind = desk.answers(question.text)
        desk_ranks.append(_rank([result.id for result in ranked] + behind, right))
        plain_ranks.append(_rank(baseline.order(question.text), right))
        said.append((confidence(ranked), bool(ranked) and ranked[0].id == right))
    return {
        "n": len(wanted),
        "ours": measures(desk_ranks),
        "bm25": measures(plain_ranks),
        "brier": round(fmean((chance - correct) ** 2 for chance, correct in said), 4),
        "calibration": calibration(said),
    }


def _rank(order: Sequence[int], right: int | None) -> int | None:
    return order.index(right) + 1 if right is not None and right in order else None


def calibration(said: list[Answered]) -> list[dict[str, Any]]:
    """Per tenth of confidence that occurs: how many, said on average, and which share was right."""
    bins: list[list[Answered]] = [[] for _ in range(BINS)]
    for chance, correct in said:
        bins[min(int(chance * BINS), BINS - 1)].append((chance, correct))
    return [
        {
            "from": number / BINS,
            "to": (number + 1) / BINS,
            "n": len(rows),
            "said": round(fmean(chance for chance, _ in rows), 4),
            "right": round(fmean(correct for _, correct in rows), 4),
        }
        for number, rows in enumerate(bins)
        if rows
    ]
