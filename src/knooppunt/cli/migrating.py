# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bringing the database's tables up to date, so that a stop half-way leaves the old ones whole.

Django records a migration after its last statements, so a full disk in between leaves tables that the
next attempt trips over. SQLite is one file: migrate a copy, then put it in place in one step.
PostgreSQL undoes a failed migration by itself.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from knooppunt.cli.output import say


def migrate() -> None:
    """Apply what waits; nothing else may use an SQLite database meanwhile."""
    if connection.vendor != "sqlite":
        _apply()
        return
    if _waiting():
        _migrate_copy(Path(connection.settings_dict["NAME"]))


def ready() -> None:
    """A database that commands can write to, also in a folder that is new."""
    settings.DATA.mkdir(parents=True, exist_ok=True)
    migrate()
    call_command("createcachetable", verbosity=0)


def _waiting() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _apply() -> None:
    say("database: migrating …")
    call_command("migrate", verbosity=0, interactive=False)


def _migrate_copy(database: Path) -> None:
    copy = database.with_name(f"{database.name}.migrating")
    _remove(copy)
    connection.close()
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        _leave_no_log(source)
        source.backup(target)
    connection.settings_dict["NAME"] = str(copy)
    try:
        _apply()
        connection.close()  # the last to leave writes the log file into the database
        copy.replace(database)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(database)
        _remove(copy)


def _leave_no_log(source: sqlite3.Connection) -> None:
    """Write the log file into the database and remove it: beside another database it would ruin that one.

    SQLite refuses while another process has the database open, and then it may not be replaced either.
    """
    try:
        source.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise RuntimeError(
            f"the database must be migrated and is in use ({error}): stop every knooppunt process first"
        ) from error


def _remove(file: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
