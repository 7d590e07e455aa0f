# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Setting Django up for a command."""

from __future__ import annotations

import os
import secrets


def for_files() -> None:
    """For a command that works on files alone: it signs nothing and serves nobody, so any key will do.

    Whoever checks a table or reads a question set needs no hub and no settings.
    """
    os.environ.setdefault("KNOOPPUNT_SECRET_KEY", secrets.token_urlsafe(50))
    import django

    django.setup()
