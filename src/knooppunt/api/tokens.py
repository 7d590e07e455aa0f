# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs on tokens: issue, recognise, withdraw."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.api.models import Scope, Token
from knooppunt.catalogue.audit import audit
from knooppunt.web.forms import NotNowError

PREFIX = "kp_"  # so that scanners for leaked secrets recognise it
DAYS = (30, 90, 365)
MOST_TOKENS = 20
KEPT_AFTER_EXPIRY = timedelta(days=30)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def issue(user: Any, *, name: str, scope: str, days: int) -> str:
    """Make a token and return its secret: the only time that anyone sees it."""
    if days not in DAYS:
        raise ValueError(f"days must be one of {DAYS}, not {days}")
    get_user_model().objects.select_for_update().get(pk=user.pk)  # two at once wait for each other's count
    if user.tokens.count() >= MOST_TOKENS:
        raise NotNowError(_("You have 20 tokens already. Withdraw one first."))
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=user,
        name=name,
        scope=Scope(scope),
        hash=_hash(secret),
        expires=timezone.now() + timedelta(days=days),
    )
    audit("issue token", "token", str(token.pk), actor=user, detail={"scope": scope, "days": days})
    return secret


def recognise(secret: str) -> Token | None:
    """The open token of this secret, of an account in use; notes the day of use once a day."""
    token = Token.objects.select_related("user").filter(hash=_hash(secret)).first()
    if token is None or not token.is_open or not token.user.is_active:
        return None
    if token.used != timezone.localdate():
        Token.objects.filter(pk=token.pk).update(used=timezone.localdate())
    return token


@transaction.atomic
def withdraw(token: Token, *, actor: Any) -> None:
    audit("withdraw token", "token", str(token.pk), actor=actor)
    token.delete()


def forget_old() -> int:
    return Token.objects.filter(expires__lt=timezone.now() - KEPT_AFTER_EXPIRY).delete()[0]


def own_data(user: Any) -> list[dict[str, Any]]:
    return [
        {"name": t.name, "scope": t.scope, "created": t.created.isoformat(), "expires": t.expires.isoformat()}
        for t in user.tokens.all()
    ]
