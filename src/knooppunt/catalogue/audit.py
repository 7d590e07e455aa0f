# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The audit trail: one line per deed, written in the transaction of the deed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from knooppunt.catalogue.models import AuditLine
from knooppunt.jobs import forgetting

KEEP = timedelta(days=7 * 365 + 2)
"""Seven years, of which at most two are leap years."""


def audit(action: str, kind: str, key: str, *, actor: Any, detail: dict[str, Any] | None = None) -> None:
    """Write one audit line; call it inside the transaction of the deed."""
    audit_many(action, kind, [key], actor=actor, detail=detail)


def audit_many(
    action: str, kind: str, keys: list[str], *, actor: Any, detail: dict[str, Any] | None = None
) -> None:
    """The same line for many keys at once."""
    now = timezone.now()
    AuditLine.objects.bulk_create(
        AuditLine(at=now, actor=actor, action=action, kind=kind, key=key, detail=detail or {}) for key in keys
    )


def forget_old() -> int:
    """Remove audit lines after seven years."""
    return forgetting.forget(AuditLine.objects.filter(at__lt=timezone.now() - KEEP))
