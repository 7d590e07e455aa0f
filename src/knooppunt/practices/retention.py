# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long what people wrote is kept, what of it is theirs to take away, and how it lets go of a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from knooppunt.practices.models import Comment, Contact, PastSave, Reuse, Step, Version
from knooppunt.practices.states import OPEN, State

KEEP = timedelta(days=365)
MODELS = tuple(f"practices.{name}" for name in ("Version", "PastSave", "Step", "Comment", "Reuse", "Contact"))


def own_data(user: Any) -> dict[str, Any]:
    """This app's part of what a person may download: what they wrote here, and where."""
    return {
        "wroteIn": [
            {"practice": v.practice.slug, "version": v.number, "state": v.state}
            for v in Version.objects.filter(writers=user).select_related("practice")
        ],
        "moves": _rows(
            Step.objects.filter(actor=user).values("version__practice__slug", "verb", "at", "note")
        ),
        "comments": _rows(
            Comment.objects.filter(author=user).values("version__practice__slug", "text", "at")
        ),
        "reuse": list(
            Reuse.objects.filter(author=user).values("practice__slug", "organisation", "since", "how")
        ),
        "contactFor": list(Contact.objects.filter(user=user).values_list("practice__slug", flat=True)),
    }


def _rows(values: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows as JSON can hold them."""
    return [row | {"at": row["at"].isoformat()} for row in values]


def forget() -> int:
    """Remove past saves and comments a year after their version was closed, and dropped drafts with them."""
    before = timezone.now() - KEEP
    closed = Version.objects.exclude(state__in=OPEN).filter(changed__lt=before)
    gone = PastSave.objects.filter(version__in=closed).delete()[0]
    gone += Comment.objects.filter(version__in=closed).delete()[0]
    gone += Version.objects.filter(state=State.DROPPED, changed__lt=before).delete()[0]
    return gone
