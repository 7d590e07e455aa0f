# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Evaluation on files: what the measured methods are worth on questions with known answers."""

from bronnen.evaluate.files import InputError
from bronnen.evaluate.matching import matching
from bronnen.evaluate.questions import questions
from bronnen.evaluate.retrieval import retrieval

__all__ = ["InputError", "matching", "questions", "retrieval"]
