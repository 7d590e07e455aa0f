# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command `knooppunt`: JSON on stdout where asked, progress on stderr, exit code 2 for wrong use."""

from __future__ import annotations

import argparse
import os
import sys

from knooppunt.cli import (
    content,
    desk,
    exporting,
    instruments,
    matching,
    outputs,
    practices,
    running,
    tending,
)


def parser() -> argparse.ArgumentParser:
    """All commands; `docs/reference/commands.md` is tested against this."""
    top = argparse.ArgumentParser(
        prog="knooppunt", description="The information hub for data-driven government."
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (running, content, matching, exporting, practices, instruments, outputs, desk, tending):
        module.add_commands(commands)
    return top


def main(arguments: list[str] | None = None) -> int:
    """Run one command; an expected error is one sentence on stderr, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "knooppunt.conf.settings")
    options = parser().parse_args(arguments)
    try:
        return options.run(options) or 0
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever reads has enough; Python would complain once more at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        print(f"knooppunt {options.command}: {sentence}", file=sys.stderr)  # noqa: T201
        return 2


def _sentence(error: Exception) -> str | None:
    """What to tell of an error that a user can cause; None for our own mistakes: those need a traceback."""
    if isinstance(error, ValueError | OSError | RuntimeError):
        return str(error)
    settings = sys.modules.get("django.core.exceptions")
    if settings and isinstance(error, settings.ImproperlyConfigured):
        return str(error)
    if "django.db" in sys.modules and isinstance(error, sys.modules["django.db"].DatabaseError):
        return f"the database cannot be used ({error}); run: knooppunt doctor"
    return None
