# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a hub, each with its cure. Every check stands alone: one failure hides no other."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from typing import Any

Finding = dict[str, Any]
LEAST_FREE = 500 * 1024**2


def examine() -> list[Finding]:
    """All checks, in the order in which one would mend things."""
    try:
        import django

        django.setup()
    except Exception as error:
        return [_finding("settings", False, str(error), "Mend the setting that is named.")]
    checks: tuple[tuple[str, Callable[[], tuple[bool, str]], str], ...] = (
        ("settings", _settings, "Mend the settings that are named; see docs/reference/settings.md."),
        ("data folder", _folder, "Give the process write access and at least 500 MB of room."),
        ("database", _database, "Start the database, or correct DATABASE_URL."),
        ("migrations", _migrations, "Run: knooppunt up, or django-admin migrate."),
        ("styles and translations", _built, "Run: knooppunt build."),
        ("index", _index, "Start a worker: knooppunt worker. If it stays behind: knooppunt reindex."),
        ("mail", _mail, "Set KNOOPPUNT_MAIL_URL, for example smtp://mail.example.org:25."),
        ("contact", _contact, "Set KNOOPPUNT_SECURITY_CONTACT to a mailto: or https: address."),
        ("scheduled moves", _moves, "Mend what the reason says, then schedule the move again."),
        ("background tasks", _tasks, "Read the worker's log; failed tasks say why in their traceback."),
    )
    return [_examine(*check) for check in checks]


def _examine(name: str, check: Callable[[], tuple[bool, str]], cure: str) -> Finding:
    try:
        ok, found = check()
    except Exception as error:
        ok, found = False, f"{type(error).__name__}: {error}"
    return _finding(name, ok, found, cure)


def _finding(check: str, ok: bool, found: str, cure: str) -> Finding:
    return {"check": check, "ok": ok, "found": found, "cure": "" if ok else cure}


def _settings() -> tuple[bool, str]:
    from django.conf import settings
    from django.core import checks

    problems = [
        str(m.msg) for m in checks.run_checks(include_deployment_checks=settings.SECURE) if m.level >= 30
    ]
    return not problems, "; ".join(problems) or ("demo mode" if settings.DEMO else "in order")


def _folder() -> tuple[bool, str]:
    from django.conf import settings

    settings.DATA.mkdir(parents=True, exist_ok=True)
    probe = settings.DATA / ".probe"
    probe.touch()
    probe.unlink()
    free = shutil.disk_usage(settings.DATA).free
    return free >= LEAST_FREE, f"{free // 1024**2} MB free"


def _database() -> tuple[bool, str]:
    from django.db import connection

    connection.ensure_connection()
    if connection.vendor == "sqlite":
        return True, f"SQLite {sqlite3.sqlite_version}"
    return True, f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}"


def _migrations() -> tuple[bool, str]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return not waiting, f"{len(waiting)} waiting" if waiting else "all applied"


def _built() -> tuple[bool, str]:
    from knooppunt.web import build

    missing = [str(f.name) for f in build.products() if not f.exists()]
    return not missing, f"missing: {', '.join(missing)}" if missing else "built"


def _index() -> tuple[bool, str]:
    from knooppunt.catalogue import indexing

    state = indexing.state()
    return state.lag == 0, f"{state.documents} of {state.cards} cards, {state.lag} changes behind"


def _mail() -> tuple[bool, str]:
    from django.conf import settings

    if not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return True, "is sent"
    return settings.DEMO, "stays in the mailbox page" if settings.DEMO else "goes to files that nobody reads"


def _contact() -> tuple[bool, str]:
    from django.conf import settings

    if settings.SECURITY_CONTACT:
        return True, "in security.txt"
    return not settings.SECURE, "no security.txt" + (
        "" if settings.SECURE else ", as this is not served over https"
    )


def _moves() -> tuple[bool, str]:
    from knooppunt.catalogue.models import ScheduledMove

    failed = [
        f"{move.move} {move.kind}:{move.key}: {move.failure}"
        for move in ScheduledMove.objects.exclude(failure="")[:5]
    ]
    return not failed, "; ".join(failed) or f"{ScheduledMove.objects.count()} waiting"


def _tasks() -> tuple[bool, str]:
    from django_tasks_db.models import DBTaskResult

    failed, ready = DBTaskResult.objects.failed().count(), DBTaskResult.objects.ready().count()
    return failed == 0, f"{ready} waiting, {failed} failed"
