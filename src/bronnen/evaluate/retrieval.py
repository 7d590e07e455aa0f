# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""How well questions find their answers: our ranking beside plain BM25, in one run."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from bronnen.evaluate.bm25 import BM25
from bronnen.evaluate.files import InputError, Question, read_documents, read_questions
from bronnen.evaluate.measures import measures
from bronnen.evaluate.memory import MemoryIndex

Half = Literal["develop", "held-out"]


def retrieval(
    documents: Path, questions: Path, half: Half | None = None, lang: str | None = None
) -> dict[str, Any]:
    """hit@1, hit@10, MRR and nDCG@10 of our ranking and of plain BM25, both over all documents.

    `half` keeps the questions on which the ranking was developed or those kept apart (`half_of`), and
    `lang` those that the file marks as "nl" or "en". A question whose answer is not among the documents
    counts as not found in both. Raises `InputError` for files that cannot be used.
    """
    texts = read_documents(documents)
    asked = [
        question
        for question in read_questions(questions)
        if half in (None, half_of(question.text)) and lang in (None, question.lang)
    ]
    if not asked:
        raise InputError(f"{questions}: no question is left; choose another half or language")
    numbers = {document.id: number for number, document in enumerate(texts)}
    ours = MemoryIndex(texts)
    baseline = BM25([f"{document.title} {document.text}" for document in texts])
    return {
        "n": len(asked),
        "ours": measures(_ranks(ours.order, asked, numbers)),
        "bm25": measures(_ranks(baseline.order, asked, numbers)),
    }


def half_of(question: str) -> Half:
    """The half that a question belongs to: by a hash of its text, so the same on every machine."""
    return "develop" if hashlib.sha256(question.encode()).digest()[0] % 2 == 0 else "held-out"


def _ranks(
    order: Callable[[str], list[int]], questions: list[Question], numbers: dict[str, int]
) -> list[int | None]:
    ranks: list[int | None] = []
    for question in questions:
        found = order(question.text)
        right = numbers.get(question.answer)
        ranks.append(found.index(right) + 1 if right in found else None)
    return ranks
