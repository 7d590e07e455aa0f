# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Commands on best practices: import a table."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from pathlib import Path

from knooppunt.cli.output import result, say


def add_commands(commands: _SubParsersAction) -> None:
    practices = commands.add_parser("practices", help="best practices in bulk")
    what = practices.add_subparsers(dest="what", required=True, metavar="WHAT")
    load = what.add_parser(
        "import", help="make drafts from a table; each row whole or refused with its cause"
    )
    load.add_argument("file", type=Path, metavar="FILE", help="XLSX or CSV with the columns of the template")
    load.add_argument("--json", action="store_true", help='{"kept", "refused": [{"row", "cause"}]}')
    load.add_argument("--lang", choices=["nl", "en"], default="nl", help="language of the causes")
    load.set_defaults(run=run_import)


def run_import(options: Namespace) -> int:
    """Refused rows are an outcome, not an error: the exit code is 0, and the result names them."""
    import django

    django.setup()
    from django.utils.translation import override

    from knooppunt.catalogue import loading
    from knooppunt.cli.migrating import ready
    from knooppunt.practices import importing

    ready()
    for line in loading.load_all(["organisations", "challenges"]):  # a row names some of these
        say(f"content: {line}")
    with override(options.lang):
        outcome = importing.import_file(options.file, progress=lambda done: say(f"  {done} rows"))
    refused = "".join(f"\nrow {line['row']}: {line['cause']}" for line in outcome.refused)
    text = f"kept {outcome.kept}, refused {len(outcome.refused)}{refused}"
    result(outcome.as_json(), as_json=options.json, text=text)
    return 0
