# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail of a move: who hears of it stands in the table, and everyone reads it in their own language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import override

from knooppunt.flow.table import Flow, Words
from knooppunt.jobs import letters

TEMPLATE = "flow/mail/moved"


def tell(
    flow: Flow,
    verb: str,
    state: str,
    addressees: Callable[[TextChoices], Iterable[Any]],
    *,
    title: Callable[[], str],
    address: Callable[[], str],
    actor: Any,
    note: str = "",
) -> None:
    """Write to every party that the table names for this verb, except to who made the move.

    `addressees` gives the accounts of a party; `title` and `address` are asked in the reader's language.
    """
    parties = flow.verbs[verb].tells
    told = {user for party in parties for user in addressees(party) if user.is_active}
    for user in sorted(told, key=lambda user: user.pk):
        if actor is None or user.pk != actor.pk:
            write(flow, verb, state, user, title=title, address=address, note=note)


def write(
    flow: Flow,
    verb: str,
    state: str,
    user: Any,
    *,
    title: Callable[[], str],
    address: Callable[[], str],
    note: str = "",
    advice: Words = "",
) -> None:
    """Tell one person what was done, how it stands now, with which words, and what they can do."""
    with override(user.language):
        context = {
            "title": title(),
            "deed": str(flow.label(verb)),
            "state": str(flow.states(state).label),
            "note": note,
            "advice": str(advice),
            "address": settings.PUBLIC_URL + address(),
        }
    letters.write(user.email, TEMPLATE, context, user.language)
