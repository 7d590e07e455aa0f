# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Dutch and English words: one analyser for documents and questions, with source offsets."""

from bronnen.language.analyser import Token, analyse
from bronnen.language.guess import guess_language
from bronnen.language.markup import plain
from bronnen.language.query import analyse_query
from bronnen.language.terms import Form, Query, QueryTerm
from bronnen.language.tokens import Span, fold, spans

__all__ = [
    "Form",
    "Query",
    "QueryTerm",
    "Span",
    "Token",
    "analyse",
    "analyse_query",
    "fold",
    "guess_language",
    "plain",
    "spans",
]
