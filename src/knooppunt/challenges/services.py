# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other apps may call of challenges."""

from knooppunt.challenges.loading import load_content

__all__ = ["load_content"]
