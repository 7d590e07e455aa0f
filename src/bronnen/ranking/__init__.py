# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Ranking with reasons: one pure function for search, help desk and matching."""

from bronnen.ranking.confidence import confidence
from bronnen.ranking.evidence import locate
from bronnen.ranking.model import Candidate, FieldTerms, Match, Ranked, Settings, Statistics
from bronnen.ranking.score import MAX_CANDIDATES, rank
from bronnen.ranking.telling import FOR_WHOLE, gist, is_long
from bronnen.ranking.why import sentence

__all__ = [
    "FOR_WHOLE",
    "MAX_CANDIDATES",
    "Candidate",
    "FieldTerms",
    "Match",
    "Ranked",
    "Settings",
    "Statistics",
    "confidence",
    "gist",
    "is_long",
    "locate",
    "rank",
    "sentence",
]
