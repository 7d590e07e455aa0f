# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reminding, from the connector's worklist, the people who can move a thing on: once in thirty days."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knooppunt.catalogue.audit import audit
from knooppunt.circles import letters, permissions, worklist
from knooppunt.flow import desks
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError


@transaction.atomic
def remind_of(kind: str, key: str, *, actor: Any) -> int:
    """Mail the people who can move it on; gives how many. KeyError: there is no such thing."""
    require(permissions.is_connector(actor))
    reminder = desks.reminders()[kind]
    found = reminder.find(key)
    if found is None:
        raise KeyError(key)
    if at := worklist.reminded(kind, key):
        raise NotNowError(
            _("They were reminded on %(date)s. Give them thirty days.") % {"date": date_format(at)}
        )
    if not found.readers:
        raise NotNowError(_("Nobody of them has an account here yet. Call them, or bring others in."))
    audit(worklist.REMINDED, kind, key, actor=actor)
    letters.tell_reminded(found.readers, found.title, reminder.text, found.address)
    return len(found.readers)
