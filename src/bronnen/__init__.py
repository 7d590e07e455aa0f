# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sources: read, understand and rank what government publishes. Pure functions and a command line."""

from bronnen import evaluate, language, network, ranking

__all__ = ["evaluate", "language", "network", "ranking"]
