# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happened to a thing: every move is one audit line, and one step where the thing keeps its steps."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from knooppunt.catalogue.audit import audit
from knooppunt.flow.table import Flow


class Step(models.Model):
    """One move: who, when, from where to where, with which words. Kept as long as the thing it is of."""

    verb = models.CharField(max_length=20)
    source = models.CharField(max_length=12, blank=True)
    target = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.verb} to {self.target}"


def record(
    flow: Flow,
    thing: models.Model,
    verb: str,
    source: str,
    *,
    actor: Any,
    note: str = "",
    key: str = "",
    detail: dict[str, Any] | None = None,
) -> None:
    """Write that a thing came from `source` by this verb to the state that it has now.

    Call it in the transaction of the move. `key` names the thing in the audit trail, else its number does.
    """
    state = thing.state  # type: ignore[attr-defined]
    steps = getattr(thing, "steps", None)
    if isinstance(steps, models.Manager) and issubclass(steps.model, Step):
        steps.create(verb=verb, source=source, target=state, actor=actor, note=note)
    told = {"from": source, "to": state} | (detail or {})
    audit(verb, flow.kind, key or str(thing.pk), actor=actor, detail=told)
