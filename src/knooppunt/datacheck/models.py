# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Checks that visitors ask for, and the same check every month by mail."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEEP = timedelta(days=30)


class Profile(models.TextChoices):
    """What a catalogue is held against."""

    NL = "nl", _("DCAT-AP-NL 3 (Netherlands)")
    EU = "eu", _("DCAT-AP 3 (European Union)")


class State(models.TextChoices):
    """Waiting, then running, then done or failed; a run whose worker died waits again."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


#: The moves of a run, and who makes them.
MOVES = {
    (State.WAITING, State.RUNNING): "worker",
    (State.RUNNING, State.DONE): "worker",
    (State.RUNNING, State.FAILED): "worker",
    (State.RUNNING, State.WAITING): "reaper",
}


def new_token() -> str:
    """256 bits that nobody guesses."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of a token: who reads the database opens no result."""
    return hashlib.sha256(token.encode()).hexdigest()


def share_token(token: str) -> str:
    """The token for others, made from the maker's own; it does not lead back."""
    return hmac.new(settings.SECRET_KEY.encode(), b"share" + token.encode(), hashlib.sha256).hexdigest()


def stop_token(confirm: str) -> str:
    """The token that stops a monthly check; the same in each of its letters."""
    return hmac.new(settings.SECRET_KEY.encode(), b"stop" + confirm.encode(), hashlib.sha256).hexdigest()


def expiry() -> datetime:
    """When a check that is made now is removed."""
    return timezone.now() + KEEP


class Run(models.Model):
    """One check. Retention: it and its files are removed when it expires, or by its maker at once.

    `visitor` tells the runs of one visitor apart for a day, to share the queue fairly; it is emptied when
    the run ends. `result` holds the totals and causes, never the values of a contact point.
    """

    maker = models.CharField(max_length=64, unique=True)
    share = models.CharField(max_length=64, unique=True)
    badge = models.CharField(max_length=64, db_index=True)
    address = models.CharField(max_length=2000, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    profile = models.CharField(max_length=2, choices=Profile.choices, default=Profile.NL)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING, db_index=True)
    visitor = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress = models.JSONField(default=dict)
    cause = models.CharField(max_length=500, blank=True)
    result = models.JSONField(default=dict)
    created = models.DateTimeField(default=timezone.now)
    started = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)
    expires = models.DateTimeField(default=expiry, db_index=True)
    monthly = models.ForeignKey("Monthly", models.SET_NULL, null=True, blank=True, related_name="runs")
    told = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"check {self.pk}"

    @property
    def subject(self) -> str:
        """What was checked, as its maker named it."""
        return self.address or self.file_name

    @property
    def folder(self) -> Path:
        """Where its files are; the name tells nothing and is not the token."""
        return Path(settings.DATA) / "datacheck" / self.maker

    @property
    def is_over(self) -> bool:
        return self.state in (State.DONE, State.FAILED)


class Monthly(models.Model):
    """The same check every month, told by mail. Retention: a request that is not confirmed goes after seven
    days, a confirmed one after a year or when its reader stops it."""

    email = models.EmailField()
    address = models.CharField(max_length=2000)
    profile = models.CharField(max_length=2, choices=Profile.choices)
    language = models.CharField(max_length=2)
    badge = models.CharField(max_length=64)
    confirm = models.CharField(max_length=64, unique=True)
    stop = models.CharField(max_length=64, unique=True)
    asked = models.DateTimeField(default=timezone.now)
    confirmed = models.DateTimeField(null=True, blank=True)
    due = models.DateTimeField(null=True, blank=True, db_index=True)
    last_mean = models.FloatField(null=True, blank=True)

    def __str__(self) -> str:
        return f"monthly check {self.pk}"
