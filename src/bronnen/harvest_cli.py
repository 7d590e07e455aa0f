# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs `harvest` and `export` of the `bronnen` command."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from bronnen import writers
from bronnen.harvest import BusyError, Options, harvest, records


def add(commands: Any) -> None:
    """Adds both verbs to the commands of the parser."""
    verb = commands.add_parser("harvest", help="read catalogues into a folder of records")
    verb.add_argument("sources", nargs="+", metavar="SOURCE", help="a file, a folder or an http(s) address")
    verb.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder for the records")
    verb.add_argument("--json", action="store_true", help="print the report as JSON")
    verb.add_argument("--accept-loss", action="store_true", help="let a run drop more than the share")
    verb.add_argument("--share", type=_share, default=0.2, help="part that a run may drop unasked (0.2)")
    verb.set_defaults(verb=_harvest)
    verb = commands.add_parser("export", help="give harvested records back as DCAT")
    verb.add_argument("folder", type=Path, metavar="DIR", help="folder that harvest wrote")
    verb.add_argument("--format", choices=sorted(writers.FORMATS), required=True)
    verb.add_argument("--to", type=Path, metavar="FILE", help="write there and not to stdout")
    verb.set_defaults(verb=_export)


def _harvest(options: argparse.Namespace) -> int:
    """0 when it went well, also with refused records; 1 when all is dead or one waits; 2 for bad usage;
    4 when a source gave less than it promised.
    """
    settings = Options(share=options.share, accept_loss=options.accept_loss, tell=_tell)
    try:
        report = harvest(options.sources, options.to, settings)
    except (BusyError, NotADirectoryError, FileExistsError, PermissionError) as error:
        _tell(str(error))
        return 2
    print(json.dumps(report, ensure_ascii=False) if options.json else _summary(report))  # noqa: T201
    results = {one["result"] for one in report["sources"]}
    if "waiting" in results or results <= {"dead"}:
        return 1
    return 4 if report["incomplete"] else 0


def _export(options: argparse.Namespace) -> int:
    """0 when all was written, 2 when the folder holds no harvest."""
    if not any(options.folder.glob("*.ndjson")):
        _tell(f"no harvested records in {options.folder}")
        return 2
    if options.to is None:
        writers.write(records(options.folder), sys.stdout.buffer, options.format, _tell)
        return 0
    part = options.to.with_name(options.to.name + ".part")
    try:
        with part.open("wb") as output:
            writers.write(records(options.folder), output, options.format, _tell)
            output.flush()
            os.fsync(output.fileno())
        part.replace(options.to)
    except OSError as error:
        _tell(f"{error.filename or options.to}: {error.strerror}. Give another place with --to.")
        return 2
    return 0


def _summary(report: dict[str, Any]) -> str:
    rows = [f"{name:8}{report[name]}" for name in ("in", "kept", "doubles", "joined", "seconds", "peak_mb")]
    rows += [f"refused {one['source']}, {one['position']}: {one['cause']}" for one in report["refused"]]
    rows += [f"found   {times} × {cause}" for cause, times in report["findings"].items()]
    rows += [f"incomplete {source}" for source in report["incomplete"]]
    return "\n".join(rows)


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError("a part between 0 and 1")
    return value


def _tell(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201
