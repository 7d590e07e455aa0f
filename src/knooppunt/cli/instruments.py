# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Commands on instruments: read the question sets of others, and what our own conclude."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from pathlib import Path

from knooppunt.cli import setup
from knooppunt.cli.output import result

FIGURES = '{"questions", "options", "dependencies", "unmapped"}'


def add_commands(commands: _SubParsersAction) -> None:
    instruments = commands.add_parser("instruments", help="question sets: of others, and what ours conclude")
    what = instruments.add_subparsers(dest="what", required=True, metavar="WHAT")
    load = what.add_parser("import", help="read forms, tasks, measures and maturity models, unchanged")
    load.add_argument("path", type=Path, metavar="FILE|DIR", help="YAML, JSON, XLS or XLSX")
    load.add_argument("--load", action="store_true", help="offer them among the hub's instruments as well")
    load.add_argument("--json", action="store_true", help=FIGURES)
    load.add_argument("--lang", choices=["nl", "en"], default="nl", help="language of reasons and errors")
    load.set_defaults(run=run_import)
    outcome = what.add_parser("outcome", help="what an instrument concludes from answers: prescan, …")
    outcome.add_argument("instrument", metavar="INSTRUMENT", help="prescan, or the name of another one")
    outcome.add_argument(
        "--answers",
        type=Path,
        required=True,
        metavar="FILE",
        help='JSON: {"question": "answer" or [answers]}',
    )
    outcome.add_argument("--json", action="store_true", help='{"outcome", "reasons", "criteria"}')
    outcome.add_argument("--lang", choices=["nl", "en"], default="nl", help="language of texts and errors")
    outcome.set_defaults(run=run_outcome)


def run_import(options: Namespace) -> int:
    """What was not understood is an outcome, not an error: the exit code is 0, and the result names it."""
    setup.for_files()
    from django.utils.translation import override

    from knooppunt.toolkit.ownsets import read_sets
    from knooppunt.toolkit.services import keep_sets

    with override(options.lang):
        outcome = read_sets(options.path)
        kept = keep_sets(outcome) if options.load else []
        found = outcome.as_json()
    lines = "".join(f"\n{line['file']}: {line['path']}: {line['reason']}" for line in found["unmapped"])
    text = "{questions} questions, {options} options, {dependencies} dependencies".format(**found)
    lines += "".join(f"\n{slug} {version}: {'new' if new else 'was here'}" for slug, version, new in kept)
    result(found, as_json=options.json, text=text + lines)
    return 0


def run_outcome(options: Namespace) -> int:
    """Every outcome gives exit code 0; answers that cannot be read are an error, with exit code 2."""
    setup.for_files()
    from django.utils.translation import override

    from knooppunt.toolkit.outcomefile import conclude

    with override(options.lang):
        found = conclude(options.instrument, options.answers)
    lines = [found["title"], found["text"], *(f"- {reason}" for reason in found["reasons"])]
    result(found, as_json=options.json, text="\n".join(lines))
    return 0
