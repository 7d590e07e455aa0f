# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A question set of others as an instrument of the hub: the shape of `instrument.schema.json`.

Identifiers and options keep the names of their maker. What cannot be asked the way the set wants is named
in `unmapped`, and asked rather than hidden.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from bronnen.language import guess_language
from knooppunt.questionsets.model import Dependency, Question, QuestionSet
from knooppunt.questionsets.plaintext import plain
from knooppunt.questionsets.sheets import SUFFIXES as SHEETS

PAGE = 25  # questions on a page at most, as far as what repeats stays together
LONGEST = {"text": 4_000, "key": 1_000}


def gathered(sets: list[QuestionSet]) -> list[QuestionSet]:
    """Sets with questions; files of one question each become one set per folder."""
    found: list[QuestionSet] = []
    folders: dict[str, QuestionSet] = {}
    for one in sets:
        folder = PurePath(one.file).parent
        if not one.part_of_many or not folder.name:
            found += [one] if one.questions else []
        elif folder.name in folders:
            folders[folder.name].items += one.items
        else:
            folders[folder.name] = QuestionSet(
                str(folder), folder.name.replace("-", " ").capitalize(), "", list(one.items), one.language
            )
            found.append(folders[folder.name])
    return found


def as_instrument(found: QuestionSet) -> dict[str, Any]:
    """The instrument without its version: that is given where it is kept."""
    if found.document:
        source = {"file": found.file[-300:], "version": found.version}
        return {k: v for k, v in found.document.items() if k != "version"} | {"source": source}
    return _Converter(found).document()


class _Converter:
    def __init__(self, found: QuestionSet) -> None:
        self.set = found
        self.items = {item.id: item for item in found.items}
        sample = " ".join([found.name, *(item.text for item in found.items[:60])])
        self.language = found.language if found.language in ("nl", "en") else guess_language(sample) or "nl"
        self.repeats: dict[str, dict[str, Any]] = {}

    def text(self, text: str, otherwise: str = "…") -> dict[str, str]:
        return {self.language: plain(text)[: LONGEST["text"]] or otherwise}

    def document(self) -> dict[str, Any]:
        name, file = self.set.name.strip(), PurePath(self.set.file)
        if not name or file.suffix.lower() in SHEETS:
            name = f"{file.stem} {name}".strip()
        source = {"file": self.set.file[-300:], "name": name[:300], "version": self.set.version[:60]}
        sections = [part for section in self._sections(name) for part in _pages(section)]
        for number, section in enumerate(sections, 1):
            section["id"] = f"{number}-{slugify(next(iter(section['title'].values())))[:60]}".strip("-")
        document = {
            "instrument": slugify(name)[:76].strip("-") or "vragen",
            "title": self.text(name),
            "summary": self.text(self.set.about, name),
            "source": source,
            "sections": sections,
            "repeats": list(self.repeats.values()),
            "outcomes": [],
            "scores": [
                {
                    "key": score.key,
                    "expression": score.expression,
                    "values": [{"when": when, "value": value} for when, value in score.rules],
                }
                for score in self.set.scores
            ],
            "assessments": [
                {"id": key, "levels": [self._level(level) for level in levels]}
                for key, levels in self.set.assessments
            ],
        }
        return {key: value for key, value in document.items() if value or key == "outcomes"}

    def _level(self, level: Any) -> dict[str, Any]:
        return {
            "text": self.text(level.text),
            "expression": level.expression,
            "criteria": [
                {"id": key, "expression": expression, "text": self.text(text)}
                for key, expression, text in level.criteria
            ],
        }

    def _sections(self, name: str) -> list[dict[str, Any]]:
        """A section per outermost group; questions outside any group stand under the name of the set."""
        found: list[dict[str, Any]] = []
        last: Any = self
        for question in self.set.questions:
            line = self._line(question)
            top = line[0] if line else None
            if top is not last:
                section = {"id": "", "title": self.text(top.text if top else name), "questions": []}
                if top and top.help:
                    section["intro"] = self.text(top.help)
                found.append(section)
                last = top
            found[-1]["questions"].append(self._question(question, line))
        return found

    def _line(self, question: Question) -> list[Question]:
        """The groups around a question, the outermost first."""
        line: list[Question] = []
        while question.parent in self.items:
            question = self.items[question.parent]
            line.insert(0, question)
        return line

    def _question(self, question: Question, line: list[Question]) -> dict[str, Any]:
        made: dict[str, Any] = {
            "id": key(question.id),
            "text": self.text(question.text, question.id),
            "kind": question.kind,
        }
        if question.help:
            made["help"] = self.text(question.help)
        if part := question.part or (line[-1].text if len(line) > 1 else ""):
            made["part"] = self.text(part)
        self._choices(question, made)
        within = [self._repeat(item) for item in (*line, question)]
        if any(within):
            made["within"] = [repeat for repeat in within if repeat]
        conditions = [c for item in (*line, question) for c in self._conditions(item)]
        if conditions:
            unique = [c for i, c in enumerate(conditions) if c not in conditions[:i]]
            made["show_when"] = unique[0] if len(unique) == 1 else {"all": unique}
        return made

    def _choices(self, question: Question, made: dict[str, Any]) -> None:
        options: dict[str, dict[str, Any]] = {}
        for option in question.options:
            value = key(option.value)
            one: dict[str, Any] = {"value": value, "label": self.text(option.label, value)}
            if option.score is not None:
                one["score"] = option.score
            if option.advice:
                one["advice"] = [self.text(advice) for advice in option.advice]
            if value in options:
                message = _("The option '%(value)s' stands twice; the first is kept.")
                self.set.skip(f"{question.id}/options", message % {"value": value})
            options.setdefault(value, one)
        if options:
            made["options"] = list(options.values())
            if question.kind not in ("choice", "multiple"):
                made["kind"] = "choice"
        sources = [d.on for d in question.dependencies if d.effect == "options"]
        askable = [source for source in sources if self.items[source].kind != "group"]
        if made["kind"] in ("choice", "multiple") and not options and askable:
            made["options_from"] = key(askable[0])
        elif made["kind"] in ("choice", "multiple") and not options:
            made["kind"] = "open"
            self.set.skip(
                f"{question.id}/options", _("A choice without options is asked as an open question.")
            )

    def _repeat(self, item: Question) -> str:
        """The repeat that a group or question is, made when it is met first; '' when it is none."""
        follows = [d.on for d in item.dependencies if d.effect == "repeat"]
        follows = [on for on in follows if self.items[on].kind != "group"]
        if not item.repeats and not follows:
            return ""
        repeat = {"id": key(item.id), "title": self.text(item.text, item.id)}
        self.repeats.setdefault(repeat["id"], repeat | ({"follows": key(follows[0])} if follows else {}))
        return repeat["id"]

    def _conditions(self, item: Question) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for dependency in item.dependencies:
            if dependency.effect in ("show", "hide"):
                conditions = self._condition(item, dependency)
                if dependency.effect == "hide" and len(conditions) > 1:
                    self.set.skip(
                        f"{item.id}/dependencies", _("This is asked always: the rule is not understood.")
                    )
                elif dependency.effect == "hide":
                    found += [c | {"not": True} if "not" not in c else _without_not(c) for c in conditions]
                else:
                    found += conditions
        return found

    def _condition(self, item: Question, dependency: Dependency) -> list[dict[str, Any]]:
        """What must hold, all of it; nothing, and a line in `unmapped`, when it could never hold."""
        target = self.items[dependency.on]
        on = {"question": key(target.id)}
        if target.kind == "group":
            message = _("'%(id)s' is a group, and has no answer to wait for.") % {"id": target.id}
            self.set.skip(f"{item.id}/dependencies", message)
            return []
        if dependency.operator == "positive":
            positive = [key(option.value) for option in target.options if option.positive]
            return [on | {"any": positive}] if positive else [on]
        if dependency.operator == "answered" or (
            dependency.value is None and dependency.operator in ("any", "all", "contains")
        ):
            return [on]
        values = dependency.value if isinstance(dependency.value, list) else [dependency.value]
        if target.kind in ("confirm", "sign", "file"):
            ticked = all(str(value).lower() not in ("false", "none") for value in values)
            return [on if ticked else on | {"not": True}]
        known = [self._value(target, value) for value in values]
        if None in known or not known:
            message = _("'%(value)s' is no option of '%(id)s'.") % {
                "value": dependency.value,
                "id": target.id,
            }
            self.set.skip(f"{item.id}/dependencies", message)
            return []
        texts = [value for value in known if value is not None]
        return (
            [on | {"any": [value]} for value in texts]
            if dependency.operator == "all"
            else [on | {"any": texts}]
        )

    def _value(self, target: Question, value: Any) -> str | None:
        """The option that is meant, quotes around it or not; any text where there are no options."""
        if not target.options:
            return key(value)
        known = {key(option.value) for option in target.options}
        tries = (key(value), key(str(value).strip("'\" ")))
        return next((one for one in tries if one in known), None)


def key(value: Any) -> str:
    """An identifier or option as text on one line, as forms and expressions write it."""
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return " ".join(text.split())[: LONGEST["key"]] or "null"


def _without_not(condition: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in condition.items() if name != "not"}


def _pages(section: dict[str, Any]) -> list[dict[str, Any]]:
    """A long section as pages of about equal length; what repeats together stays together."""
    pages: list[list[dict[str, Any]]] = [[]]
    last: Any = None
    for question in section["questions"]:
        around = question.get("within", [None])[0]
        if len(pages[-1]) >= PAGE and (around is None or around != last):
            pages.append([])
        pages[-1].append(question)
        last = around
    if len(pages) == 1:
        return [section]
    made = []
    for number, questions in enumerate(pages, 1):
        title = {k: f"{text} ({number}/{len(pages)})" for k, text in section["title"].items()}
        page = section | {"title": title, "questions": questions}
        made.append(page if number == 1 else {k: v for k, v in page.items() if k != "intro"})
    return made
