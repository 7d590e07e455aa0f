# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""The `bronnen` command."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bronnen import check_cli, harvest_cli
from bronnen.evaluate import InputError, retrieval


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command: JSON on stdout, messages on stderr; 0 when it went well, 2 for unusable input."""
    options = _parser().parse_args(arguments)
    if "verb" in options:
        return int(options.verb(options))
    try:
        result = retrieval(options.documents, options.queries, options.half, options.lang)
    except InputError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    print(json.dumps(result) if options.json else _table(result))  # noqa: T201
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bronnen", description="Sources of government: read, find, measure."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    evaluate = commands.add_parser("evaluate", help="measure a method on questions with known answers")
    subjects = evaluate.add_subparsers(required=True, metavar="SUBJECT")
    found = subjects.add_parser("retrieval", help="do questions find their answers, beside plain BM25")
    found.add_argument("--documents", type=Path, required=True, help="JSON lines: answer_id, answer_text")
    found.add_argument("--queries", type=Path, required=True, help="JSON lines: question, answer_id")
    found.add_argument("--half", choices=("develop", "held-out"), help="only this half of the questions")
    found.add_argument("--lang", choices=("nl", "en"), help="only questions marked with this language")
    found.add_argument("--json", action="store_true", help="print JSON and no table")
    harvest_cli.add(commands)
    check_cli.add(commands)
    return parser


def _table(result: dict[str, object]) -> str:
    rows = [f"{'n':8}{result['n']}"]
    for name in ("ours", "bm25"):
        figures = result[name]
        if isinstance(figures, dict):
            rows.append(f"{name:8}" + "  ".join(f"{key} {value:.3f}" for key, value in figures.items()))
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
