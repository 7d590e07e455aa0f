# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was released from which version of a table, and how much privacy budget is spent.

A file per study beside it (or where ``--ledger`` says). It holds questions, never data or answers. It is
written whole, to a new file that replaces the old one.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..problems import DataError, Problem
from ..query.atoms import PARTNER, has_partner
from ..query.expressions import Among, And, Below, Code, Condition, Missing, Not, Or, Ref
from ..study.model import Study

Entry = Mapping[str, Any]
FORMAT = 1


class Ledger:
    """Released cells and spent epsilon, by table and version."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tables: dict[str, dict[str, Any]] = {}
        if path.exists():
            self.tables = self._read()

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
            if content["format"] != FORMAT:
                raise ValueError(f"format {content['format']}")
            tables: dict[str, dict[str, Any]] = content["tables"]
            return tables
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DataError(
                Problem(
                    f"the ledger {self.path} cannot be read ({error}); restore it from a copy: without "
                    "it nobody "
                    "knows what was released",
                    f"het register {self.path} is niet te lezen ({error}); zet een kopie terug: zonder "
                    "weet niemand "
                    "wat er is vrijgegeven",
                )
            ) from None

    def of(self, key: str) -> dict[str, Any]:
        return self.tables.setdefault(key, {"released": [], "epsilon": 0.0, "commitments": {}})

    def released(self, keys: Sequence[str]) -> list[Entry]:
        return [entry for key in keys for entry in self.of(key)["released"]]

    def release(self, key: str, entries: Sequence[Entry]) -> None:
        """Note cells; what is there already stays once."""
        known = self.of(key)["released"]
        seen = {_mark(entry) for entry in known}
        for entry in entries:
            mark = _mark(entry)
            if mark not in seen:
                seen.add(mark)
                known.append(dict(entry))

    def write(self) -> None:
        """Replace the file in one step; DataError when that is not possible."""
        text = json.dumps({"format": FORMAT, "tables": self.tables}, indent=1, ensure_ascii=False)
        try:
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=self.path.name)
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).replace(self.path)
        except OSError as error:
            raise DataError(
                Problem(
                    f"the ledger {self.path} cannot be written ({error.strerror}); nothing is released "
                    "without it: "
                    "give --ledger FILE in a folder where you may write",
                    f"het register {self.path} is niet te schrijven ({error.strerror}); zonder komt er "
                    "niets vrij: geef "
                    "--ledger BESTAND in een map waar u mag schrijven",
                )
            ) from None


def _mark(entry: Entry) -> str:
    return json.dumps({name: value for name, value in entry.items() if name != "question"}, sort_keys=True)


def table_key(study: Study, table: str) -> str:
    """Table and version: answers on another version are on other data."""
    return f"{table} {study.tables[table].version}"


def to_json(condition: Condition, study: Study) -> Any:
    """A condition by names and codes, so that it survives another order of a code list."""
    match condition:
        case Among(ref) if ref.column == PARTNER:
            return ["partner", ref.table]
        case Among(ref, codes):
            labels = study.tables[ref.table].columns[ref.column].codes
            return ["among", ref.table, ref.column, sorted(labels[code] for code in codes)]
        case Below(ref, point):
            return ["below", ref.table, ref.column, point]
        case Missing(ref):
            return ["missing", ref.table, ref.column]
        case Not(part):
            return ["not", to_json(part, study)]
        case And(parts):
            return ["and", *(to_json(part, study) for part in parts)]
        case Or(parts):
            return ["or", *(to_json(part, study) for part in parts)]


def code_to_json(code: Code) -> Any:
    """A classification by the names of its labels, or by its boundaries."""
    points = None if code.points is None else list(code.points)
    return [code.ref.table, code.ref.column, list(code.labels), points]


def code_from_json(content: Any, study: Study) -> Code:
    """A classification of the ledger in today's study. DataError when its column is gone."""
    table, column, labels, points = content
    from_json(["missing", table, column] if points else ["among", table, column, labels], study)
    return Code(Ref(table, column), tuple(labels), None if points is None else tuple(points))


def from_json(content: Any, study: Study) -> Condition:
    """A condition of the ledger in today's study. DataError when its columns or codes are gone."""
    try:
        return _condition(content, study)
    except (KeyError, ValueError, IndexError) as error:
        raise DataError(
            Problem(
                f"the ledger has answers about {error}, which the study does not describe any more; give "
                "the table "
                "a new version, or put the column and its codes back",
                f"in het register staan antwoorden over {error}, die het onderzoek niet meer beschrijft; "
                "geef de "
                "tabel een nieuwe version, of zet de kolom met codes terug",
            )
        ) from None


def _condition(content: Any, study: Study) -> Condition:
    kind, *rest = content
    if kind in ("and", "or"):
        parts = tuple(_condition(part, study) for part in rest)
        return And(parts) if kind == "and" else Or(parts)
    if kind == "not":
        return Not(_condition(rest[0], study))
    if kind == "partner":
        return has_partner(*rest[0].split())
    ref = Ref(rest[0], rest[1])
    column = study.tables[ref.table].columns[ref.column]
    if kind == "among":
        return Among(ref, frozenset(column.codes.index(code) for code in rest[2]))
    return Below(ref, int(rest[2])) if kind == "below" else Missing(ref)
