# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Measures of a ranking in which each question has one right answer."""

import math
from collections.abc import Sequence
from statistics import fmean


def measures(ranks: Sequence[int | None]) -> dict[str, float]:
    """hit@1, hit@10, mean reciprocal rank and nDCG@10 of the ranks (from 1) of the right answers.

    None means not found. With one right answer the ideal gain is 1, so nDCG is the discount at its rank.
    Rounded to four decimals.
    """
    return {
        "hit1": _mean([float(rank == 1) for rank in ranks]),
        "hit10": _mean([float(rank is not None and rank <= 10) for rank in ranks]),
        "mrr": _mean([1 / rank if rank else 0.0 for rank in ranks]),
        "ndcg10": _mean([1 / math.log2(rank + 1) if rank and rank <= 10 else 0.0 for rank in ranks]),
    }


def _mean(values: Sequence[float]) -> float:
    return round(fmean(values), 4)
