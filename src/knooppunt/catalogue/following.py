# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Following a card or a search, and stopping. Alerts are made and sent by `alerts`."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from knooppunt.catalogue.models import Card, Follow
from knooppunt.catalogue.queries import Search

MOST_FOLLOWS = 200
LONGEST_SEARCH = Follow._meta.get_field("search").max_length or 0


class CannotFollowError(ValueError):
    """Why not, in the reader's language."""


@transaction.atomic
def follow(
    user: Any,
    *,
    card: Card | None = None,
    search: Search | None = None,
    webhook_url: str = "",
    language: str = "nl",
) -> Follow:
    """Follow one card or one search, by mail or by webhook. Following twice is following once.

    A search goes to one webhook of a person: another address takes the place of the first.
    """
    if (card is None) == (search is None):
        raise TypeError("follow either a card or a search")
    if search is not None and search.is_empty:
        raise CannotFollowError(_("Search for something first; an empty search cannot be followed."))
    if search is not None and len(search.parameters()) > LONGEST_SEARCH:
        raise CannotFollowError(_("This search is too long to follow: use fewer words or filters."))
    if user.follows.count() >= MOST_FOLLOWS:
        raise CannotFollowError(
            _("You follow %(n)s things, the most there can be. Stop one first.") % {"n": MOST_FOLLOWS}
        )
    if webhook_url:
        _check_webhook(webhook_url)
    channel = Follow.Channel.WEBHOOK if webhook_url else Follow.Channel.MAIL
    made, _created = Follow.objects.get_or_create(
        user=user,
        kind=card.kind if card else "",
        key=card.key if card else "",
        search=search.parameters() if search else "",
        channel=channel,
        defaults={"webhook_url": webhook_url, "language": language, "secret": _secret(webhook_url)},
    )
    if made.webhook_url != webhook_url:
        made.webhook_url = webhook_url
        made.save(update_fields=["webhook_url"])
    return made


def stop(user: Any, pk: int) -> None:
    """Stop one follow of this user; Follow.DoesNotExist for any other's, so nobody can guess."""
    user.follows.get(pk=pk).delete()


def _secret(webhook_url: str) -> str:
    return secrets.token_hex(32) if webhook_url else ""


def _check_webhook(url: str) -> None:
    try:
        URLValidator(schemes=["https"])(url)
    except ValidationError as error:
        raise CannotFollowError(_("Give a full https address for the webhook.")) from error
