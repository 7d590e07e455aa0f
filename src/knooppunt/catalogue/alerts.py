# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Telling followers what changed: each change once per follow, by mail or signed webhook.

`collect` reads the outbox up to what the index has applied (a search can only find what is indexed)
and writes alerts; `send` sends what is unsent. Both can be killed at any moment: alerts are unique per
follow and line, and an alert is marked sent only after it was. What cannot be sent is tried again for
three days, and holds up nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import defaultdict
from datetime import datetime, timedelta
from functools import lru_cache

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from knooppunt.catalogue import finding, indexing, log, queries
from knooppunt.catalogue.models import Alert, Card, Follow, LogPosition, OutboxLine, Tombstone, identities
from knooppunt.catalogue.search import Standing
from knooppunt.jobs import forgetting
from knooppunt.web import outbound

logger = structlog.get_logger(__name__)
READER = "alerts"
BATCH = 500
KEEP = timedelta(days=90)
TRY_AGAIN = timedelta(minutes=10)
GIVE_UP = timedelta(days=3)


def collect() -> int:
    """Write the alerts for the next lines of the outbox; returns how many lines were read."""
    indexed = indexing.position()
    position, _ = LogPosition.objects.get_or_create(reader=READER)
    read = (position.transaction, position.line)
    if read == indexed:
        return 0
    lines = [line for line in log.after(read)[:BATCH] if log.position_of(line) <= indexed]
    if not lines:
        return 0
    wanted = _wanted(lines)
    with transaction.atomic():
        Alert.objects.bulk_create(
            [Alert(follow_id=follow, line=line) for line, follow in wanted], ignore_conflicts=True
        )
        LogPosition.objects.filter(pk=READER).update(transaction=lines[-1].transaction, line=lines[-1].pk)
        # Tasks live in the same database: they are enqueued if and only if the alerts are written.
        _enqueue(Alert.objects.filter(line__in=lines, sent=None))
    return len(lines)


def try_again() -> None:
    """Have what is still unsent after ten minutes sent again, up to three days after the change."""
    now = timezone.now()
    _enqueue(Alert.objects.filter(sent=None, line__at__lt=now - TRY_AGAIN, line__at__gt=now - GIVE_UP))


def _enqueue(alerts: QuerySet[Alert]) -> None:
    """One task per follower; none for whom one is waiting already, be it for its next attempt."""
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=send.module_path)
    served = {tuple(arguments["args"]) for arguments in waiting.values_list("args_kwargs", flat=True)}
    for user_id in alerts.values_list("follow__user", flat=True).distinct():
        if (user_id,) not in served:
            send.enqueue(user_id)


def _wanted(lines: list[OutboxLine]) -> list[tuple[OutboxLine, int]]:
    """Who follows what changed: pairs of line and follow."""
    by_card: dict[tuple[str, str], list[OutboxLine]] = defaultdict(list)
    for line in lines:
        by_card[line.kind, line.key].append(line)
    wanted = []
    for follow in Follow.objects.filter(identities(by_card)).only("kind", "key", "since"):
        wanted += [(line, follow.pk) for line in by_card[follow.kind, follow.key] if line.at >= follow.since]
    return wanted + _wanted_by_search(by_card)


def _wanted_by_search(by_card: dict[tuple[str, str], list[OutboxLine]]) -> list[tuple[OutboxLine, int]]:
    """The changed cards are put to the followed searches, each of which may be followed by many."""
    followers: dict[tuple[str, str], list[tuple[int, datetime]]] = defaultdict(list)
    follows = Follow.objects.exclude(search="").values_list("search", "language", "pk", "since")
    for search, language, follow, since in follows:
        followers[search, language].append((follow, since))
    standing = _standing(tuple(followers))
    return [
        (line, follow)
        for document in indexing.documents(by_card)
        for found in standing.finds(document)
        for line in by_card[document.kind, document.key]
        for follow, since in followers[found]
        if line.at >= since
    ]


@lru_cache(maxsize=1)
def _standing(searches: tuple[tuple[str, str], ...]) -> Standing[tuple[str, str]]:
    """The followed searches (query string, language) as they wait; kept until somebody follows or stops."""
    read = ((text, language, queries.read(QueryDict(text))) for text, language in searches)
    return finding.standing(((text, language), search, language) for text, language, search in read)


@task()
def send(user_id: int) -> int:
    """Send this follower's waiting alerts: one mail for all, one call per webhook.

    Raises when something could not be sent, after it has tried the rest; what was sent is not sent again.
    """
    waiting = list(
        Alert.objects.filter(follow__user=user_id, sent=None, line__at__gt=timezone.now() - GIVE_UP)
        .select_related("follow__user", "line")
        .order_by("pk")
    )
    parcels = defaultdict(list)
    for alert in waiting:
        parcels[alert.follow_id if alert.follow.channel == Follow.Channel.WEBHOOK else None].append(alert)
    failures = []
    for follow_id, parcel in parcels.items():
        try:
            _mail(parcel) if follow_id is None else _call(parcel)
        except OSError as error:  # of sockets, of DNS, of SMTP
            failures.append(error)
    if failures:
        raise failures[0]
    return len(waiting)


def _mail(alerts: list[Alert]) -> None:
    user = alerts[0].follow.user
    with override(user.language):
        context = {
            "changes": [_change(alert, user.language) for alert in _once_per_line(alerts)],
            "url": settings.PUBLIC_URL,
            "language": user.language,
        }
        subject = render_to_string("catalogue/mail/alert_subject.txt", context).strip()
        body = render_to_string("catalogue/mail/alert.txt", context)
    if user.email:
        send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [user.email])
    _mark_sent(alerts)


def _once_per_line(alerts: list[Alert]) -> list[Alert]:
    """A card that is found by two follows is told once."""
    return list({alert.line_id: alert for alert in alerts}.values())


def _call(alerts: list[Alert]) -> None:
    """One call per alert of one webhook, in order; the first that fails ends the round."""
    for alert in alerts:
        body = json.dumps(_change(alert, alert.follow.language), ensure_ascii=False).encode()
        signature = hmac.new(alert.follow.secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "Knooppunt-Signature": f"sha256={signature}"}
        try:
            status = outbound.post(alert.follow.webhook_url, body, headers)
        except outbound.OutboundRefusedError as refused:
            logger.warning("webhook refused", follow=alert.follow_id, reason=str(refused))
            status = 0
        if status >= 500 or status == 429:
            raise ConnectionError(f"webhook answered {status}")
        _mark_sent([alert])


def _mark_sent(alerts: list[Alert]) -> None:
    Alert.objects.filter(pk__in=[alert.pk for alert in alerts]).update(sent=timezone.now())


def _change(alert: Alert, language: str) -> dict[str, str]:
    """What is told of one change: what happened, to what, where."""
    line = alert.line
    thing = (
        Card.objects.filter(kind=line.kind, key=line.key).first()
        or Tombstone.objects.filter(kind=line.kind, key=line.key).first()
    )
    other = "en" if language == "nl" else "nl"
    title = getattr(thing, f"title_{language}", "") or getattr(thing, f"title_{other}", "") or line.key
    return {
        "change": line.change,
        "kind": line.kind,
        "id": line.key,
        "title": title,
        "url": f"{settings.PUBLIC_URL}/{language}{thing.url}" if thing else settings.PUBLIC_URL,
        "at": line.at.isoformat(),
    }


def forget_old() -> int:
    """Remove alerts 90 days after they were sent, or after the change when they never were."""
    before = timezone.now() - KEEP
    return forgetting.forget(Alert.objects.filter(Q(sent__lt=before) | Q(sent=None, line__at__lt=before)))
