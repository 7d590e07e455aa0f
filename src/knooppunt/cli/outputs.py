# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Commands on outputs of data labs: check a file against a policy."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knooppunt.cli import setup
from knooppunt.cli.output import result

FIGURES = '{"file", "status", "checks", "findings", "tables"}; of several files a list of these'


def add_commands(commands: _SubParsersAction) -> None:
    outputs = commands.add_parser("outputs", help="outputs of data labs: may they leave?")
    what = outputs.add_subparsers(dest="what", required=True, metavar="WHAT")
    check = what.add_parser("check", help="check a table against the output policy of a facility")
    check.add_argument("files", type=Path, nargs="+", metavar="FILE", help="CSV or XLSX with summaries")
    check.add_argument(
        "--policy", type=Path, required=True, metavar="FILE", help="output policy: YAML or JSON"
    )
    check.add_argument(
        "--earlier", type=Path, action="append", default=[], metavar="FILE",
        help="a table that left before; may be given more than once",
    )  # fmt: skip
    check.add_argument("--json", action="store_true", help=FIGURES)
    check.add_argument("--lang", choices=["nl", "en"], default="en", help="language of the findings")
    check.set_defaults(run=run_check)


def run_check(options: Namespace) -> int:
    """A table that may not leave is an outcome, not an error: the exit code is 0, and `status` says it.

    Several files are each checked by themselves; what they tell together is asked with `--earlier`.
    """
    setup.for_files()
    from django.utils.translation import override

    from knooppunt.facilities import outputs

    with override(options.lang):
        policy = outputs.read_policy(options.policy)
        earlier = [(path.name, path) for path in options.earlier]
        found = [
            {"file": path.name, **outputs.check_file(path, policy, earlier).as_json()}
            for path in options.files
        ]
    text = "\n".join(line for report in found for line in _lines(report))
    result(found if len(found) > 1 else found[0], as_json=options.json, text=text)
    return 0


def _lines(report: dict[str, Any]) -> Iterator[str]:
    yield f"{report['status']}: {report['file']}"
    for finding in report["findings"]:
        place = " ".join(f"{name} {finding[name]}" for name in ("row", "column") if finding[name])
        yield (
            f"  {finding['status']} {finding['check']} {finding['table']} {place}: "
            f"{finding['what']} {finding['cure']}"
        )
