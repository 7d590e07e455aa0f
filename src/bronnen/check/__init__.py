# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Check: a catalogue held against DCAT-AP, DCAT-AP-NL and HVD, with what to fix first."""

from bronnen.check.model import Finding, Message, Rule, Score, Severity
from bronnen.check.report import FORMATS
from bronnen.check.run import NothingToCheckError, Options, Result, check, opened

__all__ = [
    "FORMATS", "Finding", "Message", "NothingToCheckError", "Options", "Result", "Rule", "Score", "Severity",
    "check", "opened",
]  # fmt: skip
