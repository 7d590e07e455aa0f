# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long what people wrote is kept, what of it is theirs to take away, and how it lets go of a person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from knooppunt.toolkit.formstates import FormState
from knooppunt.toolkit.models import Colleague, Form, Plan, Version
from knooppunt.toolkit.states import State

KEEP = timedelta(days=365)
FORGOTTEN = timedelta(days=730)
MODELS = ("toolkit.Version", "toolkit.Form", "toolkit.Plan", "toolkit.Colleague")


def own_data(user: Any) -> dict[str, Any]:
    """This app's part of what a person may download: what they wrote here, and where."""
    return {
        "wroteIn": [
            {"entry": str(v.entry), "version": v.number, "state": v.state}
            for v in Version.objects.filter(writers=user).select_related("entry")
        ],
        "forms": list(Form.objects.filter(started_by=user).values("title", "organisation", "state")),
        "decidedOn": list(Form.objects.filter(decided_by=user).values("title", "organisation", "state")),
        "worksAlongOn": [
            {"title": one.about.title, "organisation": one.about.organisation, "accepted": bool(one.accepted)}
            for one in Colleague.objects.filter(user=user).select_related("form", "plan")
        ],
        "plans": list(Plan.objects.filter(started_by=user).values("title", "organisation")),
    }


def forget() -> int:
    """Remove drafts that were dropped a year ago, and forms and plans that nobody touched for two years."""
    now = timezone.now()
    gone = Version.objects.filter(state=State.DROPPED, changed__lt=now - KEEP).delete()[0]
    gone += Form.objects.filter(state=FormState.DRAFT, changed__lt=now - FORGOTTEN).delete()[0]
    return gone + Plan.objects.filter(practice="", changed__lt=now - FORGOTTEN).delete()[0]
