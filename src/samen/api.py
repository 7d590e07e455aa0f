# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words of the command line in Python: read a study, run it, take its tables along.

    study = Study.load("wages.toml")
    result = run(study, {"utrecht": "u.csv", "almere": "a.csv", "ede": "e.csv"})
    result["pay"].pandas()

Holders and parties are processes of this machine: a rehearsal. In a script, call ``run`` below
``if __name__ == "__main__":``, as every program that starts processes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .query import release
from .query.explain import explain
from .query.parse import plan_study
from .query.rehearse import Result as RunResult
from .query.rehearse import run_study
from .query.synthesise import synthesise
from .study.read import load_study, parse_study

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


@dataclass(frozen=True, slots=True)
class Study:
    """A study file."""

    text: str

    @classmethod
    def load(cls, path: str | Path) -> Study:
        """Read and check a file. StudyError and QuestionError say what to repair."""
        plan_study(load_study(path))
        return cls(Path(path).read_text(encoding="utf-8-sig"))

    @property
    def fingerprint(self) -> str:
        """What everybody signs."""
        return parse_study(self.text).fingerprint

    def explain(self, rows: int | None = None) -> dict[str, Any]:
        """Plans, what becomes public, cost; as ``samen explain --json``."""
        return explain(self.text, rows)

    def synthesise(self, folder: str | Path, rows: int | None = None) -> dict[str, str]:
        """Synthetic files in a folder, ready for ``run``."""
        study = parse_study(self.text)
        return dict(synthesise(study, plan_study(study), Path(folder), rows))


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to one question; suppressed figures are None."""

    answer: release.Table

    @property
    def columns(self) -> list[str]:
        return self.answer.columns

    @property
    def rows(self) -> list[list[Any]]:
        return self.answer.rows

    @property
    def suppressed(self) -> list[release.Suppressed]:
        return self.answer.suppressed

    def _columns(self) -> dict[str, list[Any]]:
        return {name: [row[place] for row in self.rows] for place, name in enumerate(self.columns)}

    def arrow(self) -> pyarrow.Table:
        """An Arrow table; needs pyarrow."""
        import pyarrow

        return pyarrow.table(self._columns())

    def pandas(self) -> pandas.DataFrame:
        """A data frame; needs pandas."""
        import pandas

        return pandas.DataFrame(self._columns())

    def polars(self) -> polars.DataFrame:
        """A data frame; needs polars."""
        import polars

        return polars.DataFrame(self._columns(), strict=False)


@dataclass(frozen=True, slots=True)
class Result:
    """All answers of a run, by name of the question, and what the run opened and cost."""

    run: RunResult

    def __getitem__(self, name: str) -> Table:
        return Table(next(table for table in self.run.tables if table.name == name))

    def __iter__(self) -> Iterator[str]:
        return iter(table.name for table in self.run.tables)

    @property
    def opened(self) -> Mapping[str, int]:
        """Everything that became public, with the number of values."""
        return self.run.opened

    @property
    def seconds(self) -> float:
        return self.run.seconds


def run(study: Study, data: Mapping[str, str | Path], ledger: str | Path | None = None) -> Result:
    """Run all questions on files by holder (or HOLDER.TABLE).

    Without ``ledger`` nothing is remembered of what is released: fine for trying out, never for real answers.
    """
    given = [(name, str(path)) for name, path in data.items()]
    if ledger is not None:
        return Result(run_study(study.text, given, Path(ledger)))
    with tempfile.TemporaryDirectory(prefix="samen-") as folder:
        return Result(run_study(study.text, given, Path(folder) / "ledger.json"))
