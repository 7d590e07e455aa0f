# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The outbox as an ordered log: append in the writer's transaction, read what is safe to read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import BigIntegerField, Expression, F, Func, QuerySet, Value
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from knooppunt.catalogue.models import LogPosition, OutboxLine
from knooppunt.jobs import forgetting

Position = tuple[int, int]
START: Position = (0, 0)
KEEP = timedelta(days=90)
FORGOTTEN = "forgotten"
"""The reader whose position is the last line that was removed."""


def append(lines: Iterable[tuple[str, str, str]]) -> None:
    """Append lines (kind, key, change); must run inside the transaction that changes the cards."""
    if not connection.in_atomic_block:
        raise RuntimeError(
            "an outbox line outside a transaction could outlive its card: use transaction.atomic"
        )
    number = Func(function="txid_current") if connection.vendor == "postgresql" else 0
    now = timezone.now()
    OutboxLine.objects.bulk_create(
        OutboxLine(kind=kind, key=key, change=change, at=now, transaction=number)
        for kind, key, change in lines
    )


def after(position: Position) -> QuerySet[OutboxLine]:
    """The lines after `position` that no line can still precede, in order."""
    beyond = GreaterThan(_pair(F("transaction"), F("id")), _pair(*map(Value, position)))
    lines = OutboxLine.objects.filter(beyond).order_by("transaction", "id")
    if connection.vendor == "postgresql":
        oldest_open = Func(Func(function="txid_current_snapshot"), function="txid_snapshot_xmin")
        lines = lines.filter(transaction__lt=oldest_open)
    return lines


def _pair(first: Expression, second: Expression) -> Func:
    """Two values compared as one, so that the database goes straight to the place in its index."""
    return Func(first, second, template="(%(expressions)s)", output_field=BigIntegerField())


def position_of(line: OutboxLine) -> Position:
    return (line.transaction, line.pk)


def end() -> Position:
    """The position after the last line that is safe to read now."""
    last = after(START).reverse().first()
    return position_of(last) if last else START


def newest() -> Position:
    """The position of the newest line, safe to read or not: the cheapest way to see that nothing is new."""
    return (
        OutboxLine.objects.order_by("-transaction", "-id").values_list("transaction", "id").first() or START
    )


def forgotten() -> Position:
    """The position up to which lines may be gone: a reader that has not come so far begins anew."""
    return LogPosition.objects.filter(reader=FORGOTTEN).values_list("transaction", "line").first() or START


def forget_old() -> int:
    """Remove lines after 90 days, with their alerts. The last one stays: it tells where the log ends."""
    old = OutboxLine.objects.filter(at__lt=timezone.now() - KEEP).exclude(pk=end()[1])
    part = list(old.order_by("transaction", "id")[: forgetting.MOST])
    if not part:
        return 0
    with transaction.atomic():
        number, line = position_of(part[-1])
        LogPosition.objects.update_or_create(reader=FORGOTTEN, defaults={"transaction": number, "line": line})
        OutboxLine.objects.filter(pk__in=[line.pk for line in part]).delete()
    return len(part)


def adopt() -> None:
    """Make lines readable that a backup brought from another PostgreSQL cluster.

    Transactions are numbered per cluster: lines with numbers that this one has still to give out would
    not be read until then, and new lines would stand before them. They all get number 0, the oldest there
    is, and keep their order by identifier.
    """
    if connection.vendor != "postgresql":
        return
    unassigned = Func(Func(function="txid_current_snapshot"), function="txid_snapshot_xmax")
    with transaction.atomic():
        if OutboxLine.objects.filter(transaction__gte=unassigned).exists():
            OutboxLine.objects.update(transaction=0)
            LogPosition.objects.update(transaction=0)
