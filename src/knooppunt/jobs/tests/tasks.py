# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tasks that only the tests run."""

from django_tasks import task

ran: list[str] = []
failures: list[int] = []


@task()
def note(word: str) -> str:
    ran.append(word)
    return word


@task()
def fail_while_told() -> str:
    if failures:
        failures.pop()
        raise ConnectionError("not yet")
    ran.append("at last")
    return "done"


@task()
def leave() -> None:
    raise SystemExit(3)
