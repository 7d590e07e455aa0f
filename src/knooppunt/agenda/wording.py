# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Records in words, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.agenda.models import Action
from knooppunt.agenda.states import Status


def localised(thing: Any, field: str) -> str:
    """A text in the reader's language, else in the other."""
    language = (get_language() or "nl")[:2]
    other = "en" if language == "nl" else "nl"
    return getattr(thing, f"{field}_{language}") or getattr(thing, f"{field}_{other}")


def years(action: Action) -> str:
    """`2019`, `2019–2021`, or the words for an open end."""
    if action.end is None:
        return _("%(year)s and on") % {"year": action.start}
    return str(action.start) if action.end == action.start else f"{action.start}–{action.end}"


def self_status(status: str) -> str:
    return str(Status(status).label) if status else _("no report")


def reviewed_status(status: str) -> str:
    return str(Status(status).label) if status else _("not reviewed")
