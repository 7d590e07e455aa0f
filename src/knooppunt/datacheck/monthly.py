# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same check every month: asked for, confirmed by mail, told by mail, stopped with one press."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from knooppunt.catalogue.audit import audit
from knooppunt.datacheck import policies, services
from knooppunt.datacheck.models import Monthly, Run, State, hashed, new_token, stop_token
from knooppunt.jobs import letters

MONTH = timedelta(days=30)
UNCONFIRMED = timedelta(days=7)
YEAR = timedelta(days=365)


@transaction.atomic
def ask(run: Run, email: str, language: str) -> Monthly:
    """Note the wish and write a letter to confirm it; nothing more happens before that."""
    policies.check_can_repeat(run, email)
    confirm = new_token()
    monthly = Monthly.objects.create(
        email=email, address=run.address, profile=run.profile, language=language, badge=run.badge,
        confirm=hashed(confirm), stop=hashed(stop_token(hashed(confirm))),
        last_mean=run.result["mqa"]["mean"],
    )  # fmt: skip
    audit("ask monthly check", "datacheck", str(monthly.pk), actor=None)
    _write(monthly, "confirm", {"confirm": _address("confirm", confirm, language)})
    return monthly


def to_confirm(token: str) -> Monthly | None:
    """The wish that a letter is about; None when it was withdrawn or is too old."""
    return Monthly.objects.filter(confirm=hashed(token)).first()


@transaction.atomic
def confirm(monthly: Monthly) -> None:
    """From now on, for a year; confirming again changes nothing."""
    if monthly.confirmed is None:
        monthly.confirmed = timezone.now()
        monthly.due = monthly.confirmed + MONTH
        monthly.save(update_fields=["confirmed", "due"])
        audit("confirm monthly check", "datacheck", str(monthly.pk), actor=None)


def to_stop(token: str) -> Monthly | None:
    """The monthly check that a letter lets one stop."""
    return Monthly.objects.filter(stop=hashed(token)).first()


@transaction.atomic
def stop(monthly: Monthly) -> None:
    """No more letters; the mail address is removed at once."""
    audit("stop monthly check", "datacheck", str(monthly.pk), actor=None)
    monthly.delete()


def start_due() -> int:
    """Put the checks in the queue whose month is over."""
    due = Monthly.objects.filter(confirmed__isnull=False, due__lt=timezone.now())
    for monthly in due:
        with transaction.atomic():
            moved = Monthly.objects.filter(pk=monthly.pk, due=monthly.due).update(due=timezone.now() + MONTH)
            if moved:
                services.start(profile=monthly.profile, address=monthly.address, monthly=monthly)
    return len(due)


def tell_ended() -> int:
    """Write what came of the checks that have ended, each once."""
    ended = Run.objects.filter(monthly__isnull=False, told=False, state__in=(State.DONE, State.FAILED))
    for run in ended.select_related("monthly"):
        with transaction.atomic():
            token = new_token()
            if Run.objects.filter(pk=run.pk, told=False).update(told=True, share=hashed(token)):
                _tell(run, run.monthly, token)
    return len(ended)


def _tell(run: Run, monthly: Monthly, token: str) -> None:
    """The token of a check that nobody asked for by hand is known to nobody: its reader gets one here."""
    mean = run.result["mqa"]["mean"] if run.state == State.DONE else None
    context = {"mean": mean, "before": monthly.last_mean, "result": _address("run", token, monthly.language)}
    if mean is not None:
        Monthly.objects.filter(pk=monthly.pk).update(last_mean=mean)
    _write(monthly, "monthly", context)


def forget() -> int:
    """Remove wishes that were not confirmed within a week, and monthly checks of a year old."""
    now = timezone.now()
    old = Q(confirmed=None, asked__lt=now - UNCONFIRMED) | Q(confirmed__lt=now - YEAR)
    return Monthly.objects.filter(old).delete()[0]


def _write(monthly: Monthly, template: str, context: dict[str, Any]) -> None:
    stop_address = _address("stop", stop_token(monthly.confirm), monthly.language)
    shown = {"address": monthly.address, "stop": stop_address, **context}
    letters.write(monthly.email, f"datacheck/mail/{template}", shown, monthly.language)


def _address(view: str, token: str, language: str) -> str:
    with override(language):
        return settings.PUBLIC_URL + reverse(f"datacheck:{view}", args=[token])
