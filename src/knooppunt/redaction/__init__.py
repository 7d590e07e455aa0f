# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Personal data in a text, proposed for redaction: pure, without models, each proposal with its reason."""

from knooppunt.redaction.finding import Finding, Kind, find, redact

__all__ = ["Finding", "Kind", "find", "redact"]
