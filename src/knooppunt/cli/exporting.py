# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Commands that take the content of a hub along: export and import."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from pathlib import Path

from knooppunt.cli.output import result


def add_commands(commands: _SubParsersAction) -> None:
    for name, run, text in (
        ("export", run_export, "write all content to a folder of open files"),
        ("import", run_import, "read a folder made by export into this hub"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("folder", type=Path, metavar="DIR")
        command.add_argument("--json", action="store_true", help="records per part")
        command.set_defaults(run=run)


def run_export(options: Namespace) -> int:
    import django

    django.setup()
    from knooppunt.api import portable

    return _told(portable.export(options.folder), options)


def run_import(options: Namespace) -> int:
    import django

    django.setup()
    from knooppunt.api import portable
    from knooppunt.catalogue import indexing
    from knooppunt.cli.migrating import ready

    ready()
    counted = portable.load(options.folder)
    indexing.ensure()
    return _told(counted, options)


def _told(counted: dict[str, int], options: Namespace) -> int:
    text = "\n".join(f"{name}: {number}" for name, number in counted.items())
    result(counted, as_json=options.json, text=text)
    return 0
