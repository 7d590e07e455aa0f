# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""May anyone do this, now? Rules on states and moments, whoever asks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.practices.models import Version
from knooppunt.practices.states import State
from knooppunt.web.forms import NotNowError

LOCK = timedelta(minutes=15)
MOST_AHEAD = timedelta(days=366)


class SavedMeanwhileError(NotNowError):
    """Someone else saved since the form was opened; the version as it is now is in `version`."""

    def __init__(self, version: Version) -> None:
        self.version = version
        super().__init__(
            _("Someone else saved this text while you were writing. Nothing of yours is lost: look below.")
        )


class LockedError(NotNowError):
    """Someone else is writing; `version` says who and since when."""

    def __init__(self, version: Version) -> None:
        self.version = version
        super().__init__(_("Someone else is writing in this text now."))


def check_can_write(version: Version) -> None:
    if version.state != State.DRAFT:
        raise NotNowError(_("This text is not a draft: take it back, or start a new version."))


def locked_for(version: Version, user: Any) -> bool:
    """True while someone else has the text: opened or saved less than 15 minutes ago, and did not leave."""
    return (
        version.locked_by_id is not None
        and version.locked_by_id != user.pk
        and version.locked_at is not None
        and version.locked_at > timezone.now() - LOCK
    )


def check_saved(version: Version, seen: int) -> None:
    """The form must have been opened on what is saved now."""
    if version.saved != seen:
        raise SavedMeanwhileError(version)


def check_can_move(version: Version, verb: str, due: datetime | None) -> None:
    """What a verb needs beside the table: a problem to be found by, or a date."""
    if verb == "submit" and not version.content.get("problem"):
        raise NotNowError(_("Describe the problem first: without it nobody finds this practice."))
    if verb == "schedule":
        _check_due(due)


def _check_due(due: datetime | None) -> None:
    now = timezone.now()
    if due is None or not now < due <= now + MOST_AHEAD:
        raise NotNowError(_("Give a moment from now up to a year ahead."))
