# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""``samen check``, ``run``: the commands around a study file."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from .problems import LANGUAGES, DataError, Problem, default_language
from .study import Study, Table, load_study


def _parser(commands: Any, name: str, about: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    parser.add_argument("study", metavar="STUDY.toml", help="the study file")
    parser.add_argument(
        "--language",
        choices=LANGUAGES,
        default=default_language(),
        help="of messages; default: your locale's",
    )
    return parser


def add_check(commands: Any) -> None:
    parser = _parser(commands, "check", "check a study file, and whether a holder's file fits it")
    parser.add_argument("file", metavar="FILE", nargs="?", help="a holder's CSV file; nothing of it leaves")
    parser.add_argument("--table", help="table of the study; needed when there is more than one")
    parser.set_defaults(run=_check)


def add_run(commands: Any) -> None:
    parser = _parser(
        commands,
        "run",
        "run all questions on this machine: holders, and three parties over TCP. A rehearsal: it "
        "protects nobody",
    )
    _add_data(parser)
    parser.add_argument(
        "--ledger", metavar="FILE", help="register of what was released; default: that of these data files"
    )
    parser.add_argument("--json", action="store_true", help="answers as JSON on stdout")
    parser.set_defaults(run=_run)


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        metavar="HOLDER=FILE",
        nargs="+",
        action="extend",
        default=[],
        help="a holder's file; HOLDER.TABLE=FILE when it has more tables",
    )


def add_attack(commands: Any) -> None:
    parser = _parser(
        commands,
        "attack",
        "run a study on files, then try to learn what it hides, as an attacker would; exit 1 when that works",
    )
    _add_data(parser)
    parser.add_argument("--json", action="store_true", help="as JSON on stdout")
    parser.set_defaults(run=_attack)


def add_explain(commands: Any) -> None:
    parser = _parser(
        commands, "explain", "print plans, cost, and everything that will become public; uses synthetic rows"
    )
    parser.add_argument("--rows", type=int, help="rows per holder to reckon with; default: expected_rows")
    parser.add_argument("--json", action="store_true", help="as JSON on stdout")
    parser.set_defaults(run=_explain)


def add_synthesise(commands: Any) -> None:
    parser = _parser(
        commands, "synthesise", "make a synthetic twin of every holder's file, from the study alone"
    )
    parser.add_argument("folder", metavar="DIR", help="where the files go, HOLDER.TABLE.csv")
    parser.add_argument("--rows", type=int, help="rows per file; default: expected_rows")
    parser.set_defaults(run=_synthesise)


def add_demo(commands: Any) -> None:
    about = "show a real run in three processes, on invented people or on files given"
    parser = commands.add_parser("demo", help=about, description=about)
    parser.add_argument("--study", metavar="STUDY.toml", help="a study of your own, with --data")
    parser.add_argument(
        "--data", metavar="HOLDER=FILE", nargs="+", action="extend", default=[], help="a holder's file"
    )
    parser.add_argument("--language", choices=LANGUAGES, default=default_language(), help="of the story")
    parser.set_defaults(run=_demo)


def table_of(study: Study, name: str | None) -> Table:
    """The table that a file is about."""
    if name is None and len(study.tables) == 1:
        return next(iter(study.tables.values()))
    if name is None or name.lower() not in study.tables:
        known = ", ".join(study.tables)
        raise DataError(
            Problem(f"say which table: --table, one of {known}", f"zeg welke tabel: --table, een van {known}")
        )
    return study.tables[name.lower()]


def _check(options: argparse.Namespace) -> int:
    from .query.parse import plan_study
    from .query.release import check_released

    study = load_study(options.study)
    for plan in plan_study(study):
        check_released(plan)
    dutch = options.language == "nl"
    out = sys.stdout.write
    out(
        f"{options.study}: het onderzoek klopt, {len(study.questions)} vragen\n"
        if dutch
        else f"{options.study}: the study is right, {len(study.questions)} questions\n"
    )
    if options.file is None:
        return 0
    from .study.data import read_table

    table = table_of(study, options.table)
    data = read_table(options.file, table)
    out(
        f"{options.file}: past bij tabel {table.name}, {data.rows} rijen\n"
        if dutch
        else f"{options.file}: fits table {table.name}, {data.rows} rows\n"
    )
    for name, column in data.columns.items():
        missing = int((~column.present).sum())
        if missing:
            share = missing / max(1, data.rows)
            out(f"  {name}: {missing} {'ontbreken' if dutch else 'missing'} ({share:.1%})\n")
    return 0


def read_text(path: str) -> str:
    """A study file as text, after the checks of ``load_study``."""
    load_study(path)
    return Path(path).read_text(encoding="utf-8-sig")


def data_arguments(given: list[str]) -> list[tuple[str, str]]:
    """HOLDER=FILE arguments."""
    wrong = [text for text in given if "=" not in text]
    if wrong:
        raise DataError(
            Problem(f"--data {wrong[0]}: write HOLDER=FILE", f"--data {wrong[0]}: schrijf HOUDER=BESTAND")
        )
    return [(text.split("=", 1)[0], text.split("=", 1)[1]) for text in given]


def _run(options: argparse.Namespace) -> int:
    from .query.rehearse import run_study
    from .query.report import as_json, as_text, refused

    ledger = Path(options.ledger) if options.ledger else None
    data = data_arguments(options.data)
    result = run_study(read_text(options.study), data, ledger, language=options.language)
    if options.json:
        json.dump(as_json(result), sys.stdout, indent=1, ensure_ascii=False)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(as_text(result, options.language))
    return 2 if len(refused(result.tables)) == len(result.tables) else 0


def _attack(options: argparse.Namespace) -> int:
    from .query.attack import as_json, attack

    found = attack(read_text(options.study), data_arguments(options.data))
    if options.json:
        json.dump(as_json(found), sys.stdout, indent=1, ensure_ascii=False)
        sys.stdout.write("\n")
    else:
        dutch = options.language == "nl"
        verdict = {True: "veilig" if dutch else "safe", False: "NIET VEILIG" if dutch else "NOT SAFE"}
        for item in found:
            low, high = ("-" if end is None else f"{end:,.0f}" for end in (item.low, item.high))
            sys.stdout.write(f"{verdict[item.safe]}  {item.figure}: {low} – {high} ({item.name})\n")
        unsafe = sum(not item.safe for item in found)
        end = "aanvallen, niet veilig:" if dutch else "attacks, not safe:"
        sys.stdout.write(f"{len(found)} {end} {unsafe}\n")
    return 1 if any(not item.safe for item in found) else 0


def _explain(options: argparse.Namespace) -> int:
    from .query.explain import explain
    from .query.report import explain_text

    found = explain(read_text(options.study), options.rows)
    if options.json:
        json.dump(found, sys.stdout, indent=1, ensure_ascii=False)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(explain_text(found, options.language))
    return 0


def _synthesise(options: argparse.Namespace) -> int:
    from .query.parse import plan_study
    from .query.synthesise import synthesise

    study = load_study(options.study)
    try:
        made = synthesise(study, plan_study(study), Path(options.folder), options.rows)
    except OSError as error:
        raise DataError(
            Problem(
                f"{options.folder} cannot be written ({error.strerror}); give another folder",
                f"{options.folder} is niet te schrijven ({error.strerror}); geef een andere map",
            )
        ) from None
    for name, path in made:
        sys.stdout.write(f"--data {name}={path}\n")
    return 0


def _demo(options: argparse.Namespace) -> int:
    from .demo.show import demo

    if bool(options.study) != bool(options.data):
        raise DataError(
            Problem(
                "give --study and --data together, or neither",
                "geef --study en --data samen, of geen van beide",
            )
        )
    text = read_text(options.study) if options.study else None
    demo(options.language, text, data_arguments(options.data))
    return 0
