# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Removing what was kept long enough, a part at a time, so that years of it hold up nothing."""

from __future__ import annotations

from typing import Any

from django.db import models

MOST = 5_000


def forget(rows: models.QuerySet[Any]) -> int:
    """Remove at most `MOST` of these rows, the oldest by number; returns how many."""
    part = list(rows.order_by("pk").values_list("pk", flat=True)[:MOST])
    rows.model._default_manager.filter(pk__in=part).delete()
    return len(part)
