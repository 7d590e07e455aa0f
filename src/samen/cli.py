# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The ``samen`` command."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from .commands import add_attack, add_check, add_demo, add_explain, add_run, add_synthesise
from .errors import SamenError
from .problems import ProblemsError

FIXED = "mul,cmp,sort,group,join"


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _sizes(text: str) -> list[int]:
    try:
        sizes = [int(word) for word in _words(text)]
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a list of whole numbers, say 10000,100000"
        ) from None
    if not sizes or min(sizes) < 1:
        raise argparse.ArgumentTypeError("sizes are at least 1")
    return sizes


def _add_bench(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("bench", help="measure the protocols on this machine")
    parser.add_argument(
        "--ops", type=_words, default=_words(FIXED), help=f"default {FIXED}; see the docs for more"
    )
    parser.add_argument("--sizes", type=_sizes, default=[10_000, 100_000], help="rows, default 10000,100000")
    parser.add_argument(
        "--repeats", type=int, default=5, help="timed runs per row after one warm-up, default 5"
    )
    parser.add_argument(
        "--profile", action="store_true", help="instead, print where the time of each row goes"
    )
    parser.add_argument("--json", action="store_true", help="rows as JSON on stdout")
    parser.set_defaults(run=_bench)


def _bench(options: argparse.Namespace) -> int:
    from .bench.machine import measure_machine
    from .bench.operations import OPERATIONS
    from .bench.profile import profile_lines
    from .bench.table import HEADER, as_json, as_line, measure_rows

    unknown = [op for op in options.ops if op not in OPERATIONS]
    if unknown:
        raise SamenError(f"unknown operation {', '.join(unknown)}; choose from {', '.join(OPERATIONS)}")
    if options.profile:
        for op in options.ops:
            for n in options.sizes:
                sys.stdout.write("\n".join(profile_lines(op, n)) + "\n")
        return 0
    machine = measure_machine()
    rows = measure_rows(machine, options.ops, options.sizes, max(1, options.repeats))
    rates = (f"{name} {rate / 1e9:.1f} GB/s" for name, rate in _rates(machine))
    about = f"{machine.cores} cores, {', '.join(rates)}\n"
    if options.json:
        sys.stderr.write(about)
        json.dump(as_json(rows), sys.stdout, indent=1)
        sys.stdout.write("\n")
        return 0
    sys.stdout.write(f"{about}\n{HEADER}\n")
    for row in rows:
        sys.stdout.write(as_line(row) + "\n")
        sys.stdout.flush()
    return 0


def _rates(machine: object) -> list[tuple[str, float]]:
    return [(name, getattr(machine, name)) for name in ("loopback", "aes", "memory")]


def parser() -> argparse.ArgumentParser:
    """All commands; the documentation is printed from it."""
    top = argparse.ArgumentParser(prog="samen", description="Joint statistics on data nobody shares.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    verbs: list[Callable[[argparse._SubParsersAction[argparse.ArgumentParser]], None]] = [
        add_demo,
        add_check,
        add_run,
        add_attack,
        add_explain,
        add_synthesise,
        _add_bench,
    ]
    for add in verbs:
        add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; errors go to stderr, one sentence each, with status 2."""
    options = parser().parse_args(arguments)
    try:
        with _stoppable():
            return int(options.run(options))
    except ProblemsError as error:
        sys.stderr.write(error.text(options.language) + "\n")
        return 2
    except SamenError as error:
        sys.stderr.write(f"samen: {error}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("samen: stopped; nothing more is computed or released\n")
        return 130


@contextmanager
def _stoppable() -> Iterator[None]:
    """A polite end (SIGTERM) cleans up as Ctrl+C does: children end, files with shares go."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


if __name__ == "__main__":
    sys.exit(main())
