# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The small language in which forms of others write scores and outcomes: read to a tree, then worked out.

It knows numbers, texts, lists, names with a dot, comparison, `in`, `&&`, `||`, `!`, `+`, `-`, `? :`, a few
named functions, and `value | count`. It has no loops and reaches nothing outside what is given to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

TOKENS = 600
DEPTH = 40
FUNCTIONS = ("answers", "bool", "countSelectedOptions", "weightedCountMap")
WORDS = {"true": True, "false": False, "null": None}
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\"|(?P<name>[A-Za-z_][\w.]*)"
    r"|(?P<sign>&&|\|\||[=!<>]=|[-+!<>?:|(),\[\]]))"
)
# From loose to tight; signs on one line bind alike, from left to right.
BINDING = (("||",), ("&&",), ("==", "!=", "<", "<=", ">", ">=", "in"), ("+", "-"))
TWO_SIDED: dict[str, Callable[[Any, Any], Any]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: number(a) < number(b),
    "<=": lambda a, b: number(a) <= number(b),
    ">": lambda a, b: number(a) > number(b),
    ">=": lambda a, b: number(a) >= number(b),
    "+": lambda a, b: number(a) + number(b),
    "-": lambda a, b: number(a) - number(b),
    "in": lambda a, b: isinstance(b, list) and a in b,
}
Tree = tuple[Any, ...]


class ExpressionError(ValueError):
    """This is not an expression in the small language."""


@lru_cache(maxsize=2_000)
def parse(text: str) -> Tree:
    """The tree of an expression; ExpressionError when it is none."""
    reading = _Reading(text)
    tree = reading.choice()
    if reading.next is not None:
        raise ExpressionError(text[:200])
    return tree


def mentioned(tree: Any) -> Iterator[tuple[str, str]]:
    """What an expression stands on: ("name", its name), ("answer", question) for each answer it asks for."""
    if not isinstance(tree, tuple):
        return
    if tree[0] == "name":
        yield "name", tree[1]
    elif tree[0] == "call" and tree[1] in ("answers", "countSelectedOptions"):
        yield "answer", str(tree[2][0][1]) if tree[2] and tree[2][0][0] == "value" else ""
    for part in tree[1:]:
        for one in part if isinstance(part, list) else [part]:
            yield from mentioned(one)


def weighed(tree: Any) -> Iterator[tuple[str, str]]:
    """Each question and option that an expression gives a weight."""
    if not isinstance(tree, tuple):
        return
    if tree[:2] == ("call", "weightedCountMap"):
        question = next((name for kind, name in mentioned(tree[2][0]) if kind == "answer"), "")
        yield from ((question, str(part[1])) for part in tree[2][1][1] if part[0] == "value")
    for part in tree[1:]:
        for one in part if isinstance(part, list) else [part]:
            yield from weighed(one)


def evaluate(tree: Tree, answer: Callable[[str], Any], names: Mapping[str, Any]) -> Any:
    """What the expression comes to; a name that is not there is None, as in the forms themselves."""

    def work(part: Tree) -> Any:
        match part:
            case ("value", value):
                return value
            case ("name", name):
                return names.get(name)
            case ("list", items):
                return [work(item) for item in items]
            case ("call", name, arguments):
                return _call(name, [work(argument) for argument in arguments], answer)
            case ("!", inner):
                return not work(inner)
            case ("?", condition, then, otherwise):
                return work(then) if work(condition) else work(otherwise)
            case ("||", left, right):
                return work(left) or work(right)
            case ("&&", left, right):
                return work(left) and work(right)
        return TWO_SIDED[part[0]](work(part[1]), work(part[2]))

    return work(tree)


def number(value: Any) -> float:
    """A number; what is none counts as 0, true as 1."""
    try:
        return float(value or 0)
    except (TypeError, ValueError):
        return 0.0


def _call(name: str, values: list[Any], answer: Callable[[str], Any]) -> Any:
    first = values[0] if values else None
    match name:
        case "answers":
            return answer(str(first))
        case "countSelectedOptions":
            return _count(answer(str(first)))
        case "count":
            return _count(first)
        case "bool":
            return first is True or first == "true"
    keys, weights = values[1], values[2]
    weight = dict(zip(map(str, keys), weights, strict=False))
    return sum(number(weight.get(str(one))) for one in first) if isinstance(first, list) else 0


def _count(value: Any) -> int:
    return len(value) if isinstance(value, list) else 0


class _Reading:
    """One walk over the tokens of a text; `next` is the token that comes, None at the end."""

    def __init__(self, text: str) -> None:
        self.text, self.place, self.depth, self.tokens = text.rstrip(), 0, 0, 0
        self.next: tuple[str, Any] | None = None
        self.step()

    def step(self) -> tuple[str, Any]:
        """The token that came; the one after it becomes the next."""
        came = self.next or ("end", "")
        if self.place == len(self.text):
            self.next = None
            return came
        found = _TOKEN.match(self.text, self.place)
        self.tokens += 1
        if found is None or found.lastgroup is None or self.tokens > TOKENS:
            raise ExpressionError(self.text[:200])
        self.place, kind = found.end(), found.lastgroup
        text = found[kind]
        if kind == "number":
            self.next = ("value", float(text) if "." in text else int(text))
        elif kind in ("single", "double"):
            self.next = ("value", text)
        elif text in WORDS:
            self.next = ("value", WORDS[text])
        else:
            self.next = ("sign", text) if kind == "sign" or text == "in" else ("name", text)
        return came

    def comes(self, *signs: str) -> bool:
        return self.next is not None and self.next[0] == "sign" and self.next[1] in signs

    def expect(self, sign: str) -> None:
        if not self.comes(sign):
            raise ExpressionError(self.text[:200])
        self.step()

    def choice(self) -> Tree:
        self.depth += 1
        if self.depth > DEPTH:
            raise ExpressionError(self.text[:60])
        tree = self.binary(0)
        if self.comes("?"):
            self.step()
            then = self.choice()
            self.expect(":")
            tree = ("?", tree, then, self.choice())
        self.depth -= 1
        return tree

    def binary(self, level: int) -> Tree:
        if level == len(BINDING):
            return self.unary()
        tree = self.binary(level + 1)
        while self.comes(*BINDING[level]):
            sign = self.step()[1]
            tree = (sign, tree, self.binary(level + 1))
        return tree

    def unary(self) -> Tree:
        marks = 0
        while self.comes("!"):
            self.step()
            marks += 1
        tree = self.one()
        while self.comes("|"):
            self.step()
            if self.next != ("name", "count"):
                raise ExpressionError(self.text[:200])
            self.step()
            tree = ("call", "count", [tree])
        return ("!", tree) if marks % 2 else ("!", ("!", tree)) if marks else tree

    def one(self) -> Tree:
        kind, value = self.step()
        if kind == "value":
            return ("value", value)
        if kind == "name":
            return self.call(value) if self.comes("(") else ("name", value)
        if (kind, value) == ("sign", "("):
            tree = self.choice()
            self.expect(")")
            return tree
        if (kind, value) == ("sign", "["):
            return ("list", self.many("]"))
        raise ExpressionError(self.text[:200])

    def call(self, name: str) -> Tree:
        self.step()
        arguments = self.many(")")
        if name not in FUNCTIONS or len(arguments) != (3 if name == "weightedCountMap" else 1):
            raise ExpressionError(self.text[:200])
        if name == "weightedCountMap" and not all(part[0] == "list" for part in arguments[1:]):
            raise ExpressionError(self.text[:200])
        return ("call", name, arguments)

    def many(self, end: str) -> list[Tree]:
        found: list[Tree] = []
        while not self.comes(end):
            if found:
                self.expect(",")
            found.append(self.choice())
        self.step()
        return found
