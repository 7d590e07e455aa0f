# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs on checks: start, work, finish, open, remove."""

from __future__ import annotations

import hashlib
import hmac
import shutil
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone
from django_tasks import task

from knooppunt.catalogue.audit import audit
from knooppunt.datacheck import policies, running
from knooppunt.datacheck.models import MOVES, Monthly, Run, State, hashed, new_token, share_token
from knooppunt.datacheck.permissions import Opened

STUCK = timedelta(seconds=policies.MOST_SECONDS * 2)
MOST_ATTEMPTS = 2


def visitor_of(client: str) -> str:
    """A mark for one visitor on one day; the day and the key of the hub make that it leads back to nobody."""
    text = f"{client} {timezone.localdate()}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()[:32]


def start(
    *, profile: str, visitor: str = "", address: str = "", file: UploadedFile | None = None,
    monthly: Monthly | None = None,
) -> tuple[Run, str]:  # fmt: skip
    """Put a check in the queue; gives it with the maker's token. NotNowError when there is no room."""
    if monthly is None:
        policies.check_can_start(visitor)
    token = new_token()
    run = Run(
        maker=hashed(token), share=hashed(share_token(token)),
        badge=monthly.badge if monthly else new_token(),
        address=address, file_name=(file.name or "file")[-200:] if file else "", profile=profile,
        visitor=visitor, monthly=monthly,
    )  # fmt: skip
    run.folder.mkdir(parents=True)
    if file is not None:
        with running.upload_of(run).open("wb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
    try:
        with transaction.atomic():
            run.save()
            audit("start check", "datacheck", str(run.pk), actor=None)
            transaction.on_commit(lambda: work.enqueue())
    except BaseException:
        shutil.rmtree(run.folder, ignore_errors=True)
        raise
    return run, token


def open_run(token: str) -> Opened | None:
    """The check that a token opens, until it expires; one answer for wrong, old and removed."""
    found = hashed(token)
    run = Run.objects.filter(Q(maker=found) | Q(share=found), expires__gt=timezone.now()).first()
    return Opened(run, run.maker == found) if run is not None else None


def latest_with_badge(badge: str) -> Run | None:
    """The newest finished check of a badge."""
    done = Run.objects.filter(badge=badge, state=State.DONE, expires__gt=timezone.now())
    return done.order_by("-finished").first()


def ahead_of(run: Run) -> int:
    """How many checks wait before this one."""
    return Run.objects.filter(state=State.WAITING, created__lt=run.created).count()


@task()
def work() -> int | None:
    """Take the fairest waiting check and do it; nothing when none waits."""
    run = _take()
    if run is None:
        return None
    outcome = running.check(run, lambda progress: _tell(run, progress))
    if outcome.cause:
        _end(run, State.FAILED, cause=outcome.cause[:500])
    else:
        _end(run, State.DONE, result=outcome.result)
    return run.pk


def _take() -> Run | None:
    """First of the visitor for whom least was done in the last hour, oldest first."""
    hour = timezone.now() - timedelta(hours=1)
    served = dict(
        Run.objects.filter(started__gt=hour).exclude(visitor="").values_list("visitor").annotate(Count("pk"))
    )
    waiting = Run.objects.filter(state=State.WAITING).order_by("created").values_list("pk", "visitor")
    for pk, _visitor in sorted(waiting[: policies.MOST_WAITING], key=lambda one: served.get(one[1], 0)):
        moved = Run.objects.filter(pk=pk, state=State.WAITING).update(
            state=State.RUNNING, started=timezone.now(), attempts=F("attempts") + 1
        )
        if moved:
            return Run.objects.get(pk=pk)
    return None


def _tell(run: Run, progress: dict[str, Any]) -> None:
    Run.objects.filter(pk=run.pk, state=State.RUNNING).update(progress=progress)


def _end(run: Run, state: State, **values: Any) -> None:
    """Ends a run, once: what was removed or given back meanwhile is left as it is."""
    if MOVES.get((State.RUNNING, state)) != "worker":
        raise ValueError(f"a run cannot end as {state}")
    with transaction.atomic():
        ended = Run.objects.filter(pk=run.pk, state=State.RUNNING).update(
            state=state, finished=timezone.now(), visitor="", **values
        )
        if ended:
            audit(f"check {state.value}", "datacheck", str(run.pk), actor=None)
    running.upload_of(run).unlink(missing_ok=True)


def give_back_stuck() -> int:
    """Has checks whose worker died done again, once; then they have failed."""
    stuck = Run.objects.filter(state=State.RUNNING, started__lt=timezone.now() - STUCK)
    for run in stuck.filter(attempts__gte=MOST_ATTEMPTS):
        _end(run, State.FAILED, cause="not complete: its worker died")
    given = stuck.filter(attempts__lt=MOST_ATTEMPTS).update(state=State.WAITING)
    for _number in range(given):
        work.enqueue()
    return given


def remove(run: Run) -> None:
    """Removes a check with its files, at once."""
    with transaction.atomic():
        audit("remove check", "datacheck", str(run.pk), actor=None)
        folder = run.folder
        run.delete()
    shutil.rmtree(folder, ignore_errors=True)


def forget() -> int:
    """Removes what has expired."""
    expired = Run.objects.filter(expires__lt=timezone.now())
    for run in expired:
        folder = run.folder
        run.delete()
        shutil.rmtree(folder, ignore_errors=True)
    return len(expired)
