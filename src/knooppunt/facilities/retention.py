# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long requests and files are kept, and what of it is a person's to take away."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import Any

from django.utils import timezone

from knooppunt.facilities.models import Decision, Output, Request, Review, Step
from knooppunt.facilities.outputstates import WAITING
from knooppunt.facilities.states import OPEN

KEEP = timedelta(days=5 * 365)
KEEP_FILES = timedelta(days=30)
MODELS = tuple(f"facilities.{name}" for name in ("Request", "Step", "Review", "Output", "Decision"))


def own_data(user: Any) -> dict[str, Any]:
    """This app's part of what a person may download: what they asked, did and decided."""
    return {
        "requests": list(Request.objects.filter(author=user).values("id", "title", "project", "people")),
        "moves": [
            {"enquiry": s.enquiry_id, "verb": s.verb, "at": s.at.isoformat(), "note": s.note}
            for s in Step.objects.filter(actor=user)
        ],
        "reviews": list(Review.objects.filter(author=user).values("enquiry", "verdict", "text")),
        "outputs": list(Output.objects.filter(uploaded_by=user).values("id", "name", "context")),
        "decisions": [
            {"output": d.output_id, "decision": d.verb, "at": d.at.isoformat(), "note": d.note}
            for d in Decision.objects.filter(person=user)
        ],
    }


def forget() -> int:
    """Remove files thirty days after the decision, and closed requests after five years. Run daily."""
    now = timezone.now()
    gone = 0
    for output in Output.objects.filter(files_removed=False, decided__lt=now - KEEP_FILES).exclude(
        state__in=WAITING
    ):
        shutil.rmtree(output.path.parent, ignore_errors=True)
        Output.objects.filter(pk=output.pk).update(files_removed=True)
        gone += 1
    old = Request.objects.filter(sent__lt=now - KEEP).exclude(enquiries__state__in=OPEN)
    for request in old.exclude(enquiries__changed__gte=now - KEEP):
        for output in Output.objects.filter(enquiry__request=request):
            shutil.rmtree(output.path.parent, ignore_errors=True)
        request.delete()
        gone += 1
    return gone
