# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was released from which version of a table, what its data are bound to, and what is spent of it.

It holds questions and commitments, never data or answers. Each party keeps its own; in a rehearsal one
stands for the three. It belongs to the holders' data, wherever the study file lies. One run at a time uses
it, and it is written whole and to disk, to a new file that replaces the old one, before anything is opened.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..problems import DataError, Problem
from ..query.atoms import PARTNER, has_partner
from ..query.expressions import Among, And, Below, Code, Condition, Missing, Not, Or, Ref
from ..study.model import Study

Entry = Mapping[str, Any]
FORMAT = 1


MOST_REFUSED = 10
"""Runs of a table that may be refused, or end half-way, after its data were uploaded: each may tell its
holders one bit about the data of the others."""


def default_ledger(files: Mapping[tuple[str, str], str]) -> Path:
    """The ledger of the data in these files of (holder, table): for every study of them, under any name."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    places = sorted({(holder, str(Path(path).resolve().parent)) for (holder, _), path in files.items()})
    name = hashlib.sha256(json.dumps(places).encode()).hexdigest()[:32]
    return Path(state) / "samen" / f"{name}.json"


@contextmanager
def one_writer(path: Path, language: str) -> Iterator[None]:
    """Use of a ledger by one run at a time; another run waits for its turn, and says so."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = path.with_name(path.name + ".lock").open("w")
    except OSError as error:
        raise _unwritable(path, error) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            sys.stderr.write(
                "  een andere berekening gebruikt het register; deze wacht op haar beurt\n"
                if language == "nl"
                else "  another run uses the ledger; this one waits for its turn\n"
            )
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _unwritable(path: Path, error: OSError) -> DataError:
    return DataError(
        Problem(
            f"the ledger {path} cannot be written ({error.strerror}); nothing is released without it: give "
            "--ledger FILE in a folder where you may write",
            f"het register {path} is niet te schrijven ({error.strerror}); zonder komt er niets vrij: geef "
            "--ledger BESTAND in een map waar u mag schrijven",
        )
    )


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
        """The account of a version of a table."""
        account = self.tables.setdefault(key, {"released": [], "epsilon": 0.0, "commitments": {}})
        account.setdefault("data", {})
        account.setdefault("refused", 0)
        return account

    def refused(self, table: str) -> int:
        """Runs of any version of a table that were refused or ended half-way."""
        return sum(self.of(key)["refused"] for key in list(self.tables) if key.rpartition(" ")[0] == table)

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
            raise _unwritable(self.path, error) from None


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
