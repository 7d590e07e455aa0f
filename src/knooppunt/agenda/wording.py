# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Records in words, in the reader's language."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.agenda.models import Action
from knooppunt.agenda.states import Status


def localised(thing: Any, field: str) -> str:
    """A text in the reader's language, else in the other."""
    language = (get_language() or "nl")[:2]
    other = "en" if language == "nl" else "nl"
    return getattr(thing, f"{field}_{language}") or getattr(thing, f"{field}_{other}")


def said(thing: Any, field: str) -> dict[str, str]:
    """The same with the language that it is in, for what is not a web page."""
    language = (get_language() or "nl")[:2]
    text = localised(thing, field)
    same = text == getattr(thing, f"{field}_{language}")
    return {"text": text, "lang": language if same else ("en" if language == "nl" else "nl")}


def years(action: Action) -> str:
    """`2019`, `2019–2021`, or the words for an open end."""
    if action.end is None:
        return _("%(year)s and on") % {"year": action.start}
    return str(action.start) if action.end == action.start else f"{action.start}–{action.end}"


def self_status(status: str) -> str:
    return str(Status(status).label) if status else _("no report")


def reviewed_status(status: str) -> str:
    return str(Status(status).label) if status else _("not reviewed")


def amount(value: Decimal | None) -> str:
    """A number in the reader's notation; what was not reported says so, because it is not zero."""
    if value is None:
        return _("not reported")
    return number_format(f"{value.normalize():f}", use_l10n=True, force_grouping=True)
