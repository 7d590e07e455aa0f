# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""``samen demo``: a real run in three processes, told step by step."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from ..query.job import Job
from ..query.rehearse import run_study
from ..query.report import as_text
from ..study.read import parse_study
from .people import write_files

_SHOWN = 3


def demo(language: str, study: str | None, data: Sequence[tuple[str, str]]) -> None:
    """Run and tell: question, what each party received, table, what was hidden and why, cost."""
    dutch = language == "nl"
    with tempfile.TemporaryDirectory(prefix="samen-demo-") as folder:
        text = study or resources.files(__package__).joinpath("arrears.toml").read_text(encoding="utf-8")
        files = list(data) if study else write_files(Path(folder))
        _introduce(text, files, dutch)
        result = run_study(
            text,
            files,
            Path(folder) / "ledger.json",
            language=language,
            peek=lambda job: _tell_parties(text, job, dutch),
        )
    sys.stdout.write("\n" + as_text(result, language))
    _tell_openings(result.opened, dutch)


def _say(dutch: bool, nl: str, en: str) -> None:
    sys.stdout.write((nl if dutch else en) + "\n")
    sys.stdout.flush()


def _introduce(text: str, files: Sequence[tuple[str, str]], dutch: bool) -> None:
    study = parse_study(text)
    _say(
        dutch,
        f"{study.title}\n\nHouders: {', '.join(study.holders)}. Rekenpartners: {', '.join(study.parties)}.\n"
        "Alles draait nu op deze ene machine: een oefening, die niets beschermt.",
        f"{study.title}\n\n"
        f"Holders: {', '.join(study.holders)}. Compute parties: {', '.join(study.parties)}.\n"
        "Everything runs on this one machine now: a rehearsal, which protects nothing.",
    )
    for question in study.questions:
        sys.stdout.write(f"\n{question.title or question.name}\n  {' '.join(question.sql.split())}\n")
    name, path = files[0]
    with Path(path).open(encoding="utf-8-sig") as stream:
        lines = [next(stream, "").rstrip() for _ in range(_SHOWN + 1)]
    _say(dutch, f"\nZo ziet {name} de eigen rijen:", f"\nThis is what {name} sees of its own rows:")
    sys.stdout.write("".join(f"  {line}\n" for line in lines))


def _tell_parties(text: str, job: Job, dutch: bool) -> None:
    """The first words that each party got from one holder, as they lie in its inbox."""
    study = parse_study(text)
    manifest = job.manifests[0]
    part = next(iter(manifest.words))
    _say(
        dutch,
        f"\nEn dit krijgt elke partner van {manifest.holder}: woorden die los niets zeggen:",
        f"\nAnd this is what each party gets from {manifest.holder}: words that say nothing alone:",
    )
    for party, name in enumerate(study.parties):
        packed = job.file(party, manifest, part).read_bytes()
        sys.stdout.write(f"  {name}: {packed[-8 * _SHOWN :].hex(' ', 8)} … ({len(packed):,} bytes)\n")
    _say(dutch, "\nrekenen …", "\ncomputing …")


def _tell_openings(opened: dict[str, int], dutch: bool) -> None:
    _say(dutch, "Wat openbaar werd, en niets anders:", "What became public, and nothing else:")
    for what, values in opened.items():
        sys.stdout.write(f"  {values:>6}  {what}\n")
