# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs `check` and `links` of the `bronnen` command."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bronnen.check import (
    FORMATS,
    NothingToCheckError,
    Options,
    Result,
    Severity,
    check,
    opened,
    shapes,
)  # fmt: skip
from bronnen.check.links import History, Schedule, addresses, ask
from bronnen.check.report.plain import write_unreadable
from bronnen.check.requirements import Plan
from bronnen.check.shapes import ShapesError
from bronnen.check.tables import PROFILES
from bronnen.harvest import records


def add(commands: Any) -> None:
    """Adds both verbs to the commands of the parser."""
    verb = commands.add_parser("check", help="hold a catalogue against DCAT-AP and say what to fix first")
    verb.add_argument(
        "source", metavar="SOURCE", help="a file, a folder, an address, or a folder of a harvest"
    )
    verb.add_argument("--profile", choices=sorted(PROFILES), default="nl", help="DCAT-AP-NL or DCAT-AP (nl)")
    verb.add_argument("--format", choices=sorted(FORMATS), default="table")
    verb.add_argument("--lang", choices=("nl", "en"), default="nl", help="language of the sentences (nl)")
    verb.add_argument("--to", type=Path, metavar="FILE", help="write there and not to stdout")
    verb.add_argument(
        "--fail-on", choices=(*Severity, "never"), default="violation", help="exit with 1 from here on"
    )
    verb.add_argument("--exact", action="store_true", help="ask for classes as the official shapes do")
    verb.add_argument("--shapes", type=Path, metavar="FILE", help="SHACL in the place of our own tables")
    verb.add_argument("--links", type=Path, metavar="FILE", help="history that `bronnen links` keeps")
    verb.set_defaults(verb=_check)
    verb = commands.add_parser("links", help="ask whether the addresses of a catalogue answer")
    verb.add_argument("source", metavar="SOURCE", help="as for check")
    verb.add_argument("--history", type=Path, required=True, metavar="FILE", help="where answers are kept")
    verb.add_argument("--per-host", type=int, default=200, help="most questions to one host in a run (200)")
    verb.add_argument("--tables", action="store_true", help="also fetch files of 5 MB that say to be tables")
    verb.add_argument("--private", action="store_true", help="also ask addresses in private networks")
    verb.add_argument("--everything", action="store_true", help="also ask what is not due")
    verb.add_argument("--json", action="store_true", help="print the report as JSON")
    verb.set_defaults(verb=_links)


def _check(options: argparse.Namespace) -> int:
    """0 when nothing of that weight was found, 1 when something was, 2 when there is nothing to check."""
    if options.links is not None and not options.links.is_file():
        _tell(f"{options.links}: no such history. Make it with: bronnen links SOURCE --history FILE")
        return 2
    history = History(options.links) if options.links is not None else None
    settings = Options(options.profile, options.exact, history, tell=_tell, progress=_progress)
    if options.shapes is not None:
        try:
            settings.asked = _shapes(options.shapes)
        except ShapesError as error:
            _tell(str(error))
            return 2
        settings.exact = True
    try:
        with check(options.source, settings) as result:
            _write(options, result)
            return int(options.fail_on != "never" and result.has(Severity(options.fail_on)))
    except NothingToCheckError as error:
        _tell(str(error))
        if options.format == "json" and options.to is None:
            write_unreadable(options.source, options.profile, error.refused, sys.stdout.buffer)
        return 2
    except BrokenPipeError:
        # Whoever reads has enough; nothing may be written at the end of the process either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        _tell(f"{error.filename or options.to}: {error.strerror}. Give another place with --to.")
        return 2


def _write(options: argparse.Namespace, result: Result) -> None:
    """To stdout, or to a file that is there only when it is whole."""
    if options.to is None:
        FORMATS[options.format](result, sys.stdout.buffer, options.lang)
        sys.stdout.buffer.flush()
        return
    part = options.to.with_name(options.to.name + ".part")
    with part.open("wb") as output:
        FORMATS[options.format](result, output, options.lang)
        output.flush()
        os.fsync(output.fileno())
    part.replace(options.to)


def _shapes(path: Path) -> Mapping[str, Plan]:
    """Shapes of a user, with a word about what of them is not checked."""
    found = shapes.read(path)
    if found.left_out:
        said = ", ".join(f"{name} ({times})" for name, times in found.left_out.most_common())
        _tell(f"not checked of these shapes: {said}")
    return found.plans


def _links(options: argparse.Namespace) -> int:
    """0 when all that was asked works, 1 when something is broken, 2 when there is nothing to ask."""
    plan = Schedule(options.per_host, tables=options.tables, everything=options.everything)
    plan.private = options.private
    try:
        with opened(options.source, Options(tell=_tell)) as (folder, _refused):
            history = History(options.history)
            report = ask(addresses(records(folder)), history, plan)
            history.close()
    except NothingToCheckError as error:
        _tell(str(error))
        return 2
    print(json.dumps(report, ensure_ascii=False) if options.json else _summary(report))  # noqa: T201
    return int(bool(report["broken"]))


def _summary(report: dict[str, Any]) -> str:
    rows = [f"{name:10}{report[name]}" for name in ("addresses", "asked", "left", "seconds")]
    rows += [
        f"broken since {one['broken_since']}: {one['address']} ({one['status'] or one['reason']})"
        for one in report["broken"]
    ]
    return "\n".join(rows)


def _progress(done: int, of: int) -> None:
    if done % 1000 == 0:
        _tell(f"checked {done} of {of} datasets")


def _tell(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201
