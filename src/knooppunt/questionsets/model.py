# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a question set is, whatever form it came in, and what must hold between its questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from knooppunt.catalogue.contentfile import ContentError, Problem


@dataclass(frozen=True)
class Option:
    """An answer to choose; `score` and `advice` are what follows from it; a positive one opens what waits."""

    value: Any
    label: str
    score: float | None = None
    advice: tuple[str, ...] = ()
    positive: bool | None = None


@dataclass(frozen=True)
class Dependency:
    """What depends on the answer to another question: to be shown, its options, or how often it is asked."""

    effect: str  # show, hide, options or repeat
    on: str
    operator: str = "answered"
    value: Any = None


@dataclass
class Question:
    """One question, or a group of questions when `kind` is `group`; `parent` is the group it stands in."""

    id: str
    text: str
    kind: str  # open, choice, multiple, number, date, file, confirm, sign or group
    line: int = 1
    help: str = ""
    parent: str = ""
    part: str = ""
    repeats: bool = False
    options: list[Option] = field(default_factory=list)
    dependencies: list[Dependency] = field(default_factory=list)


@dataclass(frozen=True)
class Unmapped:
    """What was not understood: in which file, where in it, and why."""

    file: str
    path: str
    reason: str


@dataclass(frozen=True)
class Score:
    """A figure by an expression; the first rule that holds gives it its value."""

    key: str
    expression: str
    rules: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Level:
    """An outcome that holds when its expression does, and the criteria that may make it so."""

    text: str
    expression: str
    criteria: tuple[tuple[str, str, str], ...]  # id, expression, explanation


@dataclass
class QuestionSet:
    """One set as it was read: its questions and groups in the order of the file.

    `version` is what the file itself says of its questions; `language` too, when it does. `part_of_many`
    marks a file that holds one question of a folder full of them; `document` is a set in the hub's own form.
    """

    file: str
    name: str
    version: str = ""
    items: list[Question] = field(default_factory=list)
    language: str = ""
    about: str = ""
    part_of_many: bool = False
    scores: list[Score] = field(default_factory=list)
    assessments: list[tuple[str, list[Level]]] = field(default_factory=list)
    document: dict[str, Any] = field(default_factory=dict)
    unmapped: list[Unmapped] = field(default_factory=list)

    @property
    def questions(self) -> list[Question]:
        return [item for item in self.items if item.kind != "group"]

    def skip(self, path: str, reason: str) -> None:
        self.unmapped.append(Unmapped(self.file, path, reason))

    def drop_unknown_targets(self) -> None:
        """A dependency on a question that is not there is named and left out."""
        known = {item.id for item in self.items}
        for item in self.items:
            for one in [d for d in item.dependencies if d.on not in known]:
                item.dependencies.remove(one)
                self.skip(f"{item.id}/dependencies", _("There is no question '%(id)s'.") % {"id": one.on})

    def check(self) -> None:
        """Raise ContentError for identifiers that stand twice and for questions that wait for each other."""
        problems = [*self._twice(), *self._cycles()]
        if problems:
            raise ContentError(problems)

    def _twice(self) -> Iterator[Problem]:
        seen: set[str] = set()
        for item in self.items:
            if item.id in seen:
                message = _("The question '%(id)s' stands twice.") % {"id": item.id}
                yield Problem(self.file, item.line, message, _("Give one of them another id."))
            seen.add(item.id)

    def _cycles(self) -> Iterator[Problem]:
        """A question waits for what decides whether it is shown, and for the group that it stands in."""
        waits = {
            item.id: [
                *(d.on for d in item.dependencies if d.effect != "options"),
                *([item.parent] if item.parent else []),
            ]
            for item in self.items
        }
        lines = {item.id: item.line for item in self.items}
        done: set[str] = set()
        for start in waits:
            if cycle := _cycle(start, waits, done):
                path = " → ".join(cycle)
                message = _("These questions wait for each other: %(path)s.") % {"path": path}
                advice = _("Take one of these dependencies out.")
                yield Problem(self.file, lines[cycle[0]], message, advice)
                return


def _cycle(start: str, waits: dict[str, list[str]], done: set[str]) -> list[str]:
    """The first cycle that is met from here, closed by its first question. No recursion: it may be long."""
    trail: list[str] = []
    stack = [(start, iter(waits[start]))] if start not in done else []
    while stack:
        here, following = stack[-1]
        if len(trail) < len(stack):
            trail.append(here)
        step = next(following, None)
        if step is None:
            done.add(here)
            stack.pop()
            trail.pop()
        elif step in trail:
            return [*trail[trail.index(step) :], step]
        elif step not in done:
            stack.append((step, iter(waits.get(step, ()))))
    return []


def said(value: Any) -> str:
    """A text of others; of one that stands in several languages the Dutch, else the English."""
    if isinstance(value, dict):
        value = value.get("nl") or value.get("en") or ""
    return "" if value is None else str(value).strip()


@dataclass
class Outcome:
    """What an import found: the sets, and what was not understood of all files."""

    sets: list[QuestionSet] = field(default_factory=list)
    unmapped: list[Unmapped] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        questions = [question for one in self.sets for question in one.questions]
        found = [*self.unmapped, *(line for one in self.sets for line in one.unmapped)]
        return {
            "questions": len(questions),
            "options": sum(len(question.options) for question in questions),
            "dependencies": sum(len(item.dependencies) for one in self.sets for item in one.items),
            "unmapped": [{"file": u.file, "path": u.path, "reason": u.reason} for u in found],
        }
