# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""How well descriptions find what is related to them: our matching beside plain BM25, in one run."""

from collections.abc import Callable
from pathlib import Path
from statistics import fmean
from typing import Any

from bronnen.evaluate.bm25 import BM25
from bronnen.evaluate.collection import read_collection
from bronnen.evaluate.files import Document, InputError
from bronnen.evaluate.memory import MemoryIndex

FIRST = 5


def matching(path: Path) -> dict[str, Any]:
    """Precision@5, hit@5 and MRR of related descriptions, by our matching and by plain BM25.

    Each description that has related ones asks with its title and text; it is left out of its own answers. Of
    a description with fewer than five related ones, precision@5 cannot be 1: `ceiling` is what would be best.
    Raises InputError for files that cannot be used.
    """
    collection = read_collection(path)
    documents, related = collection.documents, collection.related
    asking = [number for number, document in enumerate(documents) if related[document.id]]
    if not asking:
        raise InputError(
            f"{path}: no document names another one; give 'related', or lists in the front matter"
        )
    ours = MemoryIndex(documents)
    baseline = BM25([_whole(document) for document in documents])
    right = [{n for n, d in enumerate(documents) if d.id in related[documents[i].id]} for i in asking]

    def measured(order: Callable[[str], list[int]]) -> dict[str, float]:
        found = [[n for n in order(_whole(documents[i])) if n != i] for i in asking]
        return _measures(found, right)

    return {
        "n": len(asking),
        "documents": len(documents),
        "ceiling": round(fmean(min(len(each), FIRST) / FIRST for each in right), 4),
        "ours": measured(lambda text: ours.order(text, whole=True)),
        "bm25": measured(baseline.order),
    }


def _whole(document: Document) -> str:
    return f"{document.title}\n{document.text}"


def _measures(found: list[list[int]], right: list[set[int]]) -> dict[str, float]:
    pairs = list(zip(found, right, strict=True))
    first = [next((place for place, n in enumerate(order, 1) if n in good), None) for order, good in pairs]
    return {
        "precision5": round(fmean(len(set(order[:FIRST]) & good) / FIRST for order, good in pairs), 4),
        "hit5": round(fmean(float(bool(set(order[:FIRST]) & good)) for order, good in pairs), 4),
        "mrr": round(fmean(1 / place if place else 0.0 for place in first), 4),
    }
