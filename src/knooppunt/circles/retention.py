# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long introductions are kept, and what of circles is a person's to take away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from knooppunt.circles.models import Attendance, Circle, Digest, Introduction, Member

KEEP = timedelta(days=5 * 365)
KEEP_ATTENDANCE = timedelta(days=90)
MODELS = tuple(f"circles.{name}" for name in ("Circle", "Member", "Attendance", "Digest", "Introduction"))


def own_data(user: Any) -> dict[str, Any]:
    """This app's part of what a person may download."""
    return {
        "memberOf": list(Member.objects.filter(user=user).values("circle__slug", "organisation", "leads")),
        "comesTo": list(
            Attendance.objects.filter(member__user=user).values_list("meeting__title", flat=True)
        ),
        "digest": Digest.objects.filter(user=user).exists(),
        "started": list(Circle.objects.filter(made_by=user).values_list("slug", flat=True)),
        "proposed": list(Introduction.objects.filter(proposed_by=user).values("one", "other", "state")),
    }


def forget() -> int:
    """Remove introductions that rest for five years, and who came to old meetings. Run daily."""
    now = timezone.now()
    came = Attendance.objects.filter(meeting__ends__lt=now - KEEP_ATTENDANCE).delete()[0]
    return int(came + Introduction.objects.filter(changed__lt=now - KEEP).delete()[0])
