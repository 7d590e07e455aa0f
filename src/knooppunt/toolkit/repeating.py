# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions that are asked more than once, written out as the questions of this team. Pure: no database.

A repeat stands once in the instrument. Its copies are numbered `question~1`, `question~2.1` (a repeat in a
repeat). How many there are is kept with the answers (`count_key`), or follows from the answers to another
question. Options may come from answers too: then the copy that gave the answer is the option's value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Content = dict[str, Any]
Answers = dict[str, Any]
Path = tuple[str, ...]
MOST_COPIES = 50
MOST_QUESTIONS = 3_000
EMPTY = (None, "", [], False)


def written_out(content: Content, answers: Answers) -> Content:
    """The instrument with every repeat written out, and options that come from answers filled in."""
    asked = [question for section in content["sections"] for question in section["questions"]]
    if not content.get("repeats") and not any("options_from" in question for question in asked):
        return content
    return content | {"sections": list(_Writer(content, answers).sections())}


def copy_id(question: str, path: Path) -> str:
    return f"{question}~{'.'.join(path)}" if path else question


def count_key(repeat: str, path: Path = ()) -> str:
    """Where it is kept how many copies of a repeat a team wants; one as long as it is not said."""
    return f"#{copy_id(repeat, path)}"


class _Writer:
    def __init__(self, content: Content, answers: Answers) -> None:
        self.content, self.answers = content, answers
        self.repeats = {repeat["id"]: repeat for repeat in content.get("repeats", [])}
        self.asked = {q["id"]: q for section in content["sections"] for q in section["questions"]}
        self.known: dict[Path, list[Path]] = {(): [()]}
        self.left = MOST_QUESTIONS

    def sections(self) -> Iterator[dict[str, Any]]:
        for section in self.content["sections"]:
            yield section | {"questions": list(self._questions(section["questions"], ()))}

    def _paths(self, within: Path) -> list[Path]:
        """The numbers of all copies of what stands within these repeats."""
        if within not in self.known:
            self.known[within] = [
                (*path, token)
                for path in self._paths(within[:-1])
                for token in self._tokens(self.repeats[within[-1]], within, path)
            ]
        return self.known[within]

    def _tokens(self, repeat: dict[str, Any], within: Path, path: Path) -> list[str]:
        if "follows" not in repeat:
            kept = self.answers.get(count_key(repeat["id"], path), 1)
            return [str(n + 1) for n in range(min(kept, MOST_COPIES) if isinstance(kept, int) else 1)]
        source = self.asked[repeat["follows"]]
        copies = self._copies(source, within, path)
        return ["_".join(copy) or "1" for copy in copies if self._answer(source, copy) not in EMPTY]

    def _copies(self, source: dict[str, Any], within: Path, path: Path) -> list[Path]:
        """The copies of another question, of those that stand in the same copy of a shared repeat."""
        theirs = tuple(source.get("within", ()))
        shared = 0
        while shared < min(len(theirs), len(path)) and theirs[shared] == within[shared]:
            shared += 1
        return [copy for copy in self._paths(theirs) if copy[:shared] == path[:shared]]

    def _answer(self, question: dict[str, Any], path: Path) -> Any:
        return self.answers.get(copy_id(question["id"], path))

    def _questions(self, questions: list[dict[str, Any]], path: Path) -> Iterator[dict[str, Any]]:
        """Questions beside each other in the same repeat go round together."""
        at, depth = 0, len(path)
        while at < len(questions):
            around = _around(questions[at], depth)
            end = at + 1
            while around and end < len(questions) and _around(questions[end], depth) == around:
                end += 1
            if around:
                yield from self._rounds(self.repeats[around[0]], questions[at:end], path)
            else:
                yield from self._one(questions[at], path)
            at = end

    def _rounds(
        self, repeat: dict[str, Any], questions: list[dict[str, Any]], path: Path
    ) -> Iterator[dict[str, Any]]:
        within = tuple(questions[0]["within"][: len(path) + 1])
        written: list[dict[str, Any]] = []
        rounds = [copy for copy in self._paths(within) if copy[:-1] == path]
        for number, copy in enumerate(rounds, 1):
            title = self._title(repeat, number, copy)
            first = len(written)
            written += self._questions(questions, copy)
            for question in written[first:]:
                inner = question.get("part", {})
                question["part"] = {k: f"{v} – {inner[k]}" if k in inner else v for k, v in title.items()}
        if written and "follows" not in repeat:
            more = {"key": count_key(repeat["id"], path), "title": repeat["title"], "number": len(rounds)}
            written[-1] = written[-1] | {"more": [*written[-1].get("more", []), more]}
        yield from written

    def _title(self, repeat: dict[str, Any], number: int, copy: Path) -> dict[str, str]:
        """With its number, or with the answer that it follows."""
        tail = f" {number}"
        if "follows" in repeat:
            source = self.asked[repeat["follows"]]
            origin = tuple(copy[-1].split("_")) if source.get("within") else ()
            tail = f": {self._label(source, self._answer(source, origin))}"
        return {language: f"{text}{tail}"[:300] for language, text in repeat["title"].items()}

    def _one(self, question: dict[str, Any], path: Path) -> Iterator[dict[str, Any]]:
        written = question | {"id": copy_id(question["id"], path)}
        if path:
            written.pop("part", None)
        if "options_from" in question:
            written["options"] = self._options(question)
        if (self.left > 0) and ("options_from" not in question or written["options"]):
            self.left -= 1
            if "show_when" in question:
                when = question["show_when"].get("all", [question["show_when"]])
                written["show_when"] = {"all": [self._condition(one, question, path) for one in when]}
            yield written

    def _condition(self, condition: dict[str, Any], question: dict[str, Any], path: Path) -> dict[str, Any]:
        target = self.asked[condition["question"]]
        copies = self._copies(target, tuple(question.get("within", ())), path)
        return condition | {"copies": [copy_id(target["id"], copy) for copy in copies]}

    def _options(self, question: dict[str, Any]) -> list[dict[str, Any]]:
        """One per answer to the other question; the same words once."""
        source = self.asked[question["options_from"]]
        found: dict[str, str] = {}
        for copy in self._paths(tuple(source.get("within", ()))):
            label = self._label(source, self._answer(source, copy))
            if label:
                found.setdefault(label, copy_id(source["id"], copy))
        return [
            {"value": value, "label": dict.fromkeys(question["text"], label)}
            for label, value in found.items()
        ]

    def _label(self, question: dict[str, Any], value: Any) -> str:
        """An answer in words, short enough to choose from."""
        labels = {o["value"]: next(iter(o["label"].values())) for o in question.get("options", [])}
        chosen = value if isinstance(value, list) else [value]
        return "; ".join(str(labels.get(one, one)) for one in chosen if one not in EMPTY)[:200]


def _around(question: dict[str, Any], depth: int) -> list[str]:
    """The repeat around a question at this depth, as a list of one; empty when there is none."""
    return list(question.get("within", ()))[depth : depth + 1]
