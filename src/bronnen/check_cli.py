# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verb `check` of the `bronnen` command."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from bronnen.check import FORMATS, NothingToCheckError, Options, Severity, check
from bronnen.check.tables import PROFILES


def add(commands: Any) -> None:
    """Adds the verb to the commands of the parser."""
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
    verb.set_defaults(verb=_check)


def _check(options: argparse.Namespace) -> int:
    """0 when nothing of that weight was found, 1 when something was, 2 when there is nothing to check."""
    settings = Options(profile=options.profile, exact=options.exact, tell=_tell, progress=_progress)
    try:
        with check(options.source, settings) as result:
            if options.to is None:
                FORMATS[options.format](result, sys.stdout.buffer, options.lang)
                sys.stdout.buffer.flush()
            else:
                part = options.to.with_name(options.to.name + ".part")
                with part.open("wb") as output:
                    FORMATS[options.format](result, output, options.lang)
                    output.flush()
                    os.fsync(output.fileno())
                part.replace(options.to)
            return int(options.fail_on != "never" and result.has(Severity(options.fail_on)))
    except NothingToCheckError as error:
        _tell(str(error))
        return 2
    except BrokenPipeError:
        # Whoever reads has enough; nothing may be written at the end of the process either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _progress(done: int, of: int) -> None:
    if done % 1000 == 0:
        _tell(f"checked {done} of {of} datasets")


def _tell(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201
