# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads a study file and checks it whole: every problem with its line, cause and cure."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from ..problems import Problem, StudyError
from .columns import read_column
from .fields import Section, similar
from .lines import line_numbers
from .model import ROW_UNIT, Column, Privacy, Question, Rules, Study, Table, canonical_text
from .schema import COLUMN, PRIVACY, QUESTION, RULES, STUDY, TABLE, Field

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}")
_LARGEST_FILE = 4_000_000


def load_study(path: str | Path) -> Study:
    """The study of a file. StudyError lists everything that must be repaired."""
    file = Path(path)
    try:
        if file.stat().st_size > _LARGEST_FILE:
            raise StudyError(
                Problem(
                    f"{file} is larger than 4 MB; that is no study file",
                    f"{file} is groter dan 4 MB; dat is geen onderzoeksbestand",
                )
            )
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise StudyError(
            Problem(
                f"the study file {file} cannot be read ({error}); check the path, and save it as UTF-8",
                f"het onderzoeksbestand {file} is niet te lezen ({error}); controleer het pad en bewaar het "
                "als UTF-8",
            )
        ) from None
    return parse_study(text)


def parse_study(text: str) -> Study:
    """The study of a text."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        raise StudyError(
            Problem(
                f"this is not TOML: {error}",
                f"dit is geen TOML: {error}",
                int(place[1]) if place else None,
            )
        ) from None
    return _Reader(text, content).study()


class _Reader:
    def __init__(self, text: str, content: dict[str, Any]) -> None:
        self.content = content
        self.lines = line_numbers(text)
        self.problems: list[Problem] = []

    def section(self, content: Any, fields: tuple[Field, ...], *path: str) -> Section:
        if not isinstance(content, dict):
            where = ".".join(path)
            self.problems.append(
                Problem(
                    f"{where} must be a table [{where}]",
                    f"{where} moet een tabel [{where}] zijn",
                    self.lines.get(path),
                )
            )
            content = {}
        return Section(content, fields, path, self.lines, self.problems)

    def study(self) -> Study:
        top = self.section(self.content, STUDY)
        if top["samen"] not in (None, 1):
            top.report(
                "this program reads format samen = 1", "dit programma leest formaat samen = 1", "samen"
            )
        self._distinct(top, "holders", 1)
        self._distinct(top, "parties", 3, 3)
        holders = tuple(top["holders"] or ())
        tables = self._tables(top, holders)
        rules = self._rules(top)
        privacy = self._privacy(top)
        questions = self._questions(top)
        if self.problems:
            raise StudyError(sorted(self.problems, key=lambda p: p.line or 0))
        self._enough_holders(tables, rules)
        if privacy is not None and rules.quality_report:
            top.report(
                "quality_report opens bands without noise; leave it out, or leave out [privacy]",
                "quality_report opent klassen zonder ruis; laat het weg, of laat [privacy] weg",
                "privacy",
            )
        if self.problems:
            raise StudyError(self.problems)
        return Study(
            title=top["title"],
            purpose=top["purpose"],
            legal_ground=top["legal_ground"],
            retention=top["retention"],
            parties=tuple(top["parties"]),
            holders=holders,
            tables=tables,
            rules=rules,
            privacy=privacy,
            questions=questions,
            canonical=canonical_text(self.content),
        )

    def _distinct(self, section: Section, key: str, least: int, most: int | None = None) -> None:
        """Names of a list must differ, and be enough and not too many."""
        names = section[key]
        if names is None:
            return
        if len(set(names)) != len(names):
            twice = next(name for name in names if names.count(name) > 1)
            section.report(
                f"{key}: {twice!r} stands there twice", f"{key}: {twice!r} staat er dubbel in", key
            )
        if len(names) < least or (most is not None and len(names) > most):
            wanted = f"{least}" if least == most else f"at least {least}"
            gewenst = f"{least}" if least == most else f"minstens {least}"
            section.report(
                f"{key} must name {wanted}, not {len(names)}",
                f"{key} moet er {gewenst} noemen, niet {len(names)}",
                key,
            )

    def _named(self, section: Section, name: str, what: tuple[str, str]) -> bool:
        if _NAME.fullmatch(name):
            return True
        section.report(
            f"{what[0]} {name!r}: names have letters, digits and _ only and start with a letter; give "
            "the name "
            "in the file as header",
            f"{what[1]} {name!r}: namen hebben alleen letters, cijfers en _ en beginnen met een letter; "
            "geef de "
            "naam in het bestand op als header",
        )
        return False

    def _tables(self, top: Section, holders: tuple[str, ...]) -> dict[str, Table]:
        given = top["tables"]
        if not isinstance(given, dict) or not given:
            if given is not None:
                top.report("give at least one [tables.NAME]", "geef minstens een [tables.NAAM]", "tables")
            return {}
        tables = {}
        for name, content in given.items():
            section = self.section(content, TABLE, "tables", name)
            table = self._table(name, section, holders)
            if self._named(section, name, ("table", "tabel")) and table:
                tables[name.lower()] = table
        return tables

    def _table(self, name: str, section: Section, holders: tuple[str, ...]) -> Table | None:
        before = len(self.problems)
        own = tuple(section["holders"] or holders)
        for holder in own:
            if holder not in holders:
                en, nl = similar(holder, holders)
                section.report(
                    f"table {name} names holder {holder!r}, which is not in holders{en}",
                    f"tabel {name} noemt houder {holder!r}, die niet in holders staat{nl}",
                    "holders",
                )
        for key, most in (
            ("unit_rows", 1000),
            ("pad_rows", None),
            ("max_rows", 1 << 30),
            ("expected_rows", None),
        ):
            section.at_least(key, 1, most)
        section.one_of("delimiter", ("auto", ",", ";", "|", "\t"))
        section.one_of("versions", ("guarded", "independent"))
        section.one_of("decimal", (".", ","))
        columns = self._columns(name, section)
        unit = section["unit"]
        if len(self.problems) > before or unit is None:
            return None
        self._unit(name, section, columns)
        return Table(
            name=name.lower(),
            holders=own,
            unit=unit.lower(),
            unit_rows=section["unit_rows"],
            version=section["version"],
            versions=section["versions"],
            delimiter=section["delimiter"],
            decimal=section["decimal"],
            pad_rows=section["pad_rows"],
            max_rows=section["max_rows"],
            expected_rows=section["expected_rows"],
            columns=columns,
            line=section.line() or 0,
        )

    def _columns(self, table: str, section: Section) -> dict[str, Column]:
        columns: dict[str, Column] = {}
        for name, content in (section["columns"] or {}).items():
            part = self.section(content, COLUMN, "tables", table, "columns", name)
            if not self._named(part, name, ("column", "kolom")):
                continue
            column = read_column(name.lower(), part)
            if name.lower() in columns or name.lower() == ROW_UNIT:
                part.report(
                    f"column {name!r} is there twice, or has the reserved name row; rename it",
                    f"kolom {name!r} is er dubbel, of heeft de gereserveerde naam row; geef een andere naam",
                )
            elif column and any(column.header == other.header for other in columns.values()):
                part.report(
                    f"column {name!r} reads {column.header!r}, as another column does; give one column all "
                    "permissions, so that questions about it guard each other",
                    f"kolom {name!r} leest {column.header!r}, net als een andere kolom; geef een kolom alle "
                    "permissies, zodat vragen erover elkaar bewaken",
                )
            elif column:
                columns[name.lower()] = column
        return columns

    def _unit(self, name: str, section: Section, columns: dict[str, Column]) -> None:
        unit: str = section["unit"].lower()
        if unit == ROW_UNIT:
            if section["unit_rows"] != 1:
                section.report(
                    'unit_rows above 1 needs a unit column; "row" says that every row is another unit',
                    'unit_rows boven 1 vraagt een eenheidskolom; "row" zegt dat elke rij een ander is',
                    "unit_rows",
                )
        elif unit not in columns:
            en, nl = similar(unit, list(columns))
            section.report(
                f"unit {unit!r} of table {name} is no column of it{en or '; declare that column'}",
                f"eenheid {unit!r} van tabel {name} is geen kolom ervan{nl or '; beschrijf die kolom'}",
                "unit",
            )
        elif columns[unit].type not in ("text", "integer", "code"):
            section.report(
                f"unit {unit!r} must be text, integer or code",
                f"eenheid {unit!r} moet text, integer of code zijn",
                "unit",
            )

    def _rules(self, top: Section) -> Rules:
        section = self.section(top["rules"] or {}, RULES, "rules")
        for key, low, high in (
            ("min_units", 1, None),
            ("min_holders", 1, None),
            ("dominance_n", 0, 3),
            ("dominance_k", 1, 100),
            ("p_percent", 0, 100),
            ("round_counts", 1, None),
            ("round_sums", 0, None),
            ("residual_df", 1, None),
            ("min_interval", 0, None),
        ):
            section.at_least(key, low, high)
        section.one_of("full_cells", ("disclosive", "safe"))
        section.one_of("zeros", ("hidden", "safe"))
        quantiles = section["quantiles"] or []
        if any(isinstance(q, str) or not 0 < q < 1 for q in quantiles):
            section.report(
                "quantiles lie between 0 and 1, say 0.5",
                "kwantielen liggen tussen 0 en 1, zoals 0.5",
                "quantiles",
            )
        values = {f.name: section[f.name] for f in RULES}
        return Rules(**values | {"quantiles": tuple(quantiles)})

    def _privacy(self, top: Section) -> Privacy | None:
        if not top["privacy"]:
            return None
        section = self.section(top["privacy"], PRIVACY, "privacy")
        for key in ("epsilon", "budget"):
            section.at_least(key, 1e-6)
        section.at_least("delta", 1e-15, 1e-3)
        epsilon, budget = section["epsilon"], section["budget"]
        if None in (epsilon, budget):
            return None
        if epsilon > budget:
            section.report(
                f"one question costs epsilon {epsilon}, more than the budget {budget}; raise budget or lower "
                "epsilon",
                f"een vraag kost epsilon {epsilon}, meer dan het budget {budget}; verhoog budget of verlaag "
                "epsilon",
                "epsilon",
            )
        return Privacy(float(epsilon), float(section["delta"]), float(budget))

    def _questions(self, top: Section) -> tuple[Question, ...]:
        given = top["questions"]
        if not isinstance(given, list) or not given:
            if given is not None:
                top.report(
                    "write questions as [[questions]] with name and sql, at least one",
                    "schrijf vragen als [[questions]] met name en sql, minstens een",
                    "questions",
                )
            return ()
        questions: list[Question] = []
        for index, content in enumerate(given):
            section = self.section(content, QUESTION, "questions", str(index))
            name, sql = section["name"], section["sql"]
            if name in [question.name for question in questions]:
                section.report(
                    f"question name {name!r} is there twice; rename one",
                    f"vraag {name!r} is er dubbel; geef een andere naam",
                    "name",
                )
            if name is not None and sql is not None:
                questions.append(Question(name, sql, section["title"], section.line("sql") or 0))
        return tuple(questions)

    def _enough_holders(self, tables: dict[str, Table], rules: Rules) -> None:
        """Rules that no figure of any table could meet contradict the tables."""
        if any(len(table.holders) >= rules.min_holders for table in tables.values()):
            return
        most = max(len(table.holders) for table in tables.values())
        self.problems.append(
            Problem(
                f"rules ask for {rules.min_holders} contributing holders, but no table has more than {most}: "
                "nothing could be released; add holders, or set min_holders lower (and leave_one_out = false "
                "for one holder) if the holders agree",
                f"de regels vragen {rules.min_holders} bijdragende houders, maar geen tabel heeft er "
                "meer dan "
                f"{most}: er kan niets vrijkomen; voeg houders toe, of zet min_holders lager (en "
                "leave_one_out "
                "= false bij een houder) als de houders dat goedvinden",
                self.lines.get(("rules", "min_holders")) or self.lines.get(("rules",)),
            )
        )
