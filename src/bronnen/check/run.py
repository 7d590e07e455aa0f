# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a source to findings, totals and worklist."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Final

from bronnen.check import causes, fair, mqa
from bronnen.check.engine import Check, Item, Links
from bronnen.check.model import Finding, Score, Severity
from bronnen.check.requirements import Plan
from bronnen.check.worklist import Worklist
from bronnen.fetch import Fetcher
from bronnen.harvest import Options as HarvestOptions
from bronnen.harvest import harvest
from bronnen.memory import peak_mb

_EVERY: Final = 50


@dataclass(slots=True)
class Options:
    """What to hold the source against, and how it is fetched; `asked` in the place of our own tables,
    `public` for a result that strangers see.

    `tell` hears of each source that was read, `progress` of every fifty datasets that were gone through.
    """

    profile: str = "nl"
    exact: bool = False
    links: Links | None = None
    asked: Mapping[str, Plan] | None = None
    public: bool = False
    fetcher: Fetcher = field(default_factory=Fetcher)
    tell: Callable[[str], None] = lambda line: None
    progress: Callable[[int, int], None] = lambda done, of: None


class NothingToCheckError(Exception):
    """A source without a single record; the message says why, `refused` where."""

    def __init__(self, cause: str, refused: list[dict[str, str]]) -> None:
        super().__init__(cause)
        self.refused = refused


class Result:
    """One check: read `items` to the end, then `totals` and `worklist` hold; `folder` has the records."""

    def __init__(self, source: str, folder: Path, refused: list[dict[str, str]], options: Options) -> None:
        self.source = source
        self.folder = folder
        self.profile = options.profile
        self.refused = refused
        self.worklist = Worklist()
        self._progress = options.progress
        self._started = time.perf_counter()
        self._check = Check(
            folder, options.profile, options.exact, options.links, options.asked, options.public
        )
        self._severities: Counter[Severity] = Counter()
        self._ratings: Counter[str] = Counter()
        self._met: Counter[str] = Counter()
        self._total = self._datasets = 0
        self._items: Iterator[Item] = self._run()

    def items(self) -> Iterator[Item]:
        """Findings and scores, each once: when they were read to the end there are no more."""
        return self._items

    def _run(self) -> Iterator[Item]:
        for item in chain(map(causes.finding, self.refused), self._check.run()):
            self.worklist.add(item)
            if isinstance(item, Finding):
                self._severities[item.rule.severity] += 1
            else:
                self._count(item)
            yield item

    def _count(self, score: Score) -> None:
        self._datasets += 1
        if self._datasets % _EVERY == 0:
            self._progress(self._datasets, self._check.index.kinds.get("Dataset", 0))
        self._total += score.total
        self._ratings[score.rating] += 1
        self._met.update(name for name, met in score.met.items() if met)

    def has(self, severity: Severity) -> bool:
        """Whether something of this severity or a heavier one was found."""
        order = list(Severity)
        return any(self._severities[one] for one in order[: order.index(severity) + 1])

    def totals(self) -> dict[str, Any]:
        """The documented totals."""
        return {
            "records": dict(sorted(self._check.index.kinds.items())),
            "findings": self._severities.total(),
            **{severity.value: self._severities[severity] for severity in Severity},
            "rules": {cause.rule.id: cause.findings for cause in self.worklist.causes()},
            "mqa": self._mqa(),
            "fair": dict(zip(fair.TESTS, self._check.fair, strict=True)),
            "publishers": {name: one.to_json() for name, one in self.worklist.publishers().items()},
            "catalogues": {name: one.to_json() for name, one in self.worklist.catalogues().items()},
            "refused": self.refused,
            "seconds": round(time.perf_counter() - self._started, 3),
            "peak_mb": peak_mb(),
        }

    def _mqa(self) -> dict[str, Any]:
        mean = self._total / self._datasets if self._datasets else 0.0
        return {
            "datasets": self._datasets,
            "mean": round(mean, 1),
            "most": mqa.MOST,
            "rating": mqa.rating(int(mean)),
            "ratings": dict(self._ratings),
            "links_measured": self._check.measured,
            "indicators": {
                name: {"dimension": one.dimension, "points": one.points, "met": self._met[name]}
                for name, one in mqa.indicators().items()
            },
        }


@contextmanager
def check(source: str, options: Options) -> Iterator[Result]:
    """A check of a file, an address, a folder of files or one that `harvest` wrote.

    NothingToCheckError when no record can be read.
    """
    with opened(source, options) as (folder, refused):
        yield Result(source, folder, refused, options)


@contextmanager
def opened(source: str, options: Options) -> Iterator[tuple[Path, list[dict[str, str]]]]:
    """The folder with the records of a source, and what of it was refused."""
    folder = Path(source)
    if folder.is_dir() and any(folder.glob("*.ndjson")):
        yield folder, []
        return
    with tempfile.TemporaryDirectory(prefix="bronnen-check-") as work:
        into = Path(work) / "records"
        report = harvest([source], into, HarvestOptions(fetcher=options.fetcher, tell=options.tell))
        if not any(path.stat().st_size for path in into.glob("*.ndjson")):
            causes = [
                f"{one['position']}: {one['cause']}. {one['cure']}".strip() for one in report["refused"]
            ]
            raise NothingToCheckError(causes[0] if causes else "no files in this folder", report["refused"])
        yield into, report["refused"]
