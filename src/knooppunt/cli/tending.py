# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Commands for whoever looks after a hub: doctor, createadmin, build."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace, _SubParsersAction

from knooppunt.cli.output import result, say


def add_commands(commands: _SubParsersAction) -> None:
    doctor = commands.add_parser("doctor", help="check this hub and say what to mend")
    doctor.add_argument("--json", action="store_true", help="list of {check, ok, found, cure}")
    doctor.set_defaults(run=run_doctor)

    admin = commands.add_parser(
        "createadmin", help="make an administrator; the password is asked, or read from stdin"
    )
    admin.add_argument("username")
    admin.add_argument("--email", required=True)
    admin.set_defaults(run=run_createadmin)

    build = commands.add_parser("build", help="build styles, scripts and translations from their sources")
    build.set_defaults(run=run_build)


def run_doctor(options: Namespace) -> int:
    from knooppunt.cli.doctor import examine

    findings = examine()
    lines = [
        f"{'ok ' if f['ok'] else 'NOT'} {f['check']}: {f['found']}"
        + ("" if f["ok"] else f"\n    {f['cure']}")
        for f in findings
    ]
    result(findings, as_json=options.json, text="\n".join(lines))
    return 0 if all(finding["ok"] for finding in findings) else 1


def run_createadmin(options: Namespace) -> int:
    import django

    django.setup()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from knooppunt.people.services import create_administrator

    password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password)
    except ValidationError as error:
        raise ValueError(" ".join(error.messages)) from error
    create_administrator(options.username, options.email, password)
    say(f"administrator {options.username} made")
    return 0


def run_build(options: Namespace) -> int:
    from knooppunt.web import build

    for line in build.build():
        say(line)
    return 0
