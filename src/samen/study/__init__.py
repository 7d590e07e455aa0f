# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The study file and the holders' files that belong to it."""

from .model import Column, Question, Rules, Study, Table
from .read import load_study, parse_study

__all__ = ["Column", "Question", "Rules", "Study", "Table", "load_study", "parse_study"]
