# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Question sets of others, read unchanged: forms, tasks, measures, maturity models, spreadsheets."""

from knooppunt.questionsets.importing import read_sets
from knooppunt.questionsets.model import Outcome, Question, QuestionSet, Unmapped

__all__ = ["Outcome", "Question", "QuestionSet", "Unmapped", "read_sets"]
