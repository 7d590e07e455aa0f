# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading a file or a folder of question sets, told apart by what is in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from knooppunt.catalogue.contentfile import ContentError
from knooppunt.questionsets import assessment, maturity, registry, sheets
from knooppunt.questionsets.model import Outcome, QuestionSet, Unmapped
from knooppunt.questionsets.source import Source, read_source


class Family(NamedTuple):
    """One way to write a question set: whether data are written so, and how they are read."""

    recognises: Callable[[Any], bool]
    read: Callable[[Source], QuestionSet]


FAMILIES = tuple(Family(one.recognises, one.read) for one in (registry, assessment, maturity))
TEXTS = (".yaml", ".yml", ".json")
MOST_FILES = 5_000


def read_sets(path: Path, more: tuple[Family, ...] = ()) -> Outcome:
    """Every question set in a file or a folder; ContentError for what is broken, hostile or in a cycle.

    `more` are families that only the caller knows; they are tried first.
    """
    if not path.exists():
        raise ValueError(_("There is no file or folder '%(name)s'.") % {"name": path})
    files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    if not files or len(files) > MOST_FILES:
        message = _("Give a folder with 1 to %(most)s files, not %(n)s.")
        raise ValueError(message % {"most": MOST_FILES, "n": len(files)})
    outcome, problems = Outcome(), []
    for file in files:
        name = str(file.relative_to(path)) if path.is_dir() else file.name
        try:
            _read(file, name, outcome, (*more, *FAMILIES))
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return outcome


def _read(file: Path, name: str, outcome: Outcome, families: tuple[Family, ...]) -> None:
    if sheets.recognises(file):
        found = sheets.read(file, name)
    elif file.suffix.lower() in TEXTS:
        found = _read_text(file, name, outcome, families)
    else:
        outcome.unmapped.append(Unmapped(name, "", _("This kind of file holds no question set.")))
        return
    for one in found:
        one.drop_unknown_targets()
        one.check()
    outcome.sets += found


def _read_text(file: Path, name: str, outcome: Outcome, families: tuple[Family, ...]) -> list[QuestionSet]:
    source = read_source(file, name)
    family = next((family for family in families if family.recognises(source.data)), None)
    if family is None:
        reason = _("No questions are found in this file: no tasks, dimensions or measure.")
        outcome.unmapped.append(Unmapped(name, "", reason))
        return []
    return [family.read(source)]
