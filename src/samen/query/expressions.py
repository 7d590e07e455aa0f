# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Typed row expressions. Numbers are scaled integers; conditions are built from atoms.

An *atom* of a condition is one of three tests of one column: below a declared breakpoint, among declared
codes, missing. All else is AND, OR, NOT of those, in SQL's three-valued logic.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Ref:
    """A column of a table."""

    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Literal:
    """``value`` * 10^-scale; None is NULL."""

    value: int | None
    scale: int = 0


@dataclass(frozen=True, slots=True)
class Plus:
    left: Number
    right: Number


@dataclass(frozen=True, slots=True)
class Times:
    left: Number
    right: Number


@dataclass(frozen=True, slots=True)
class Case:
    """The value of the first branch whose condition is true."""

    branches: tuple[tuple[Condition, Number], ...]
    otherwise: Number


@dataclass(frozen=True, slots=True)
class Known:
    """1 where the number is known, else 0."""

    arg: Number


Number: TypeAlias = Ref | Literal | Plus | Times | Case | Known


@dataclass(frozen=True, slots=True)
class Below:
    """column < point, in the column's scale."""

    ref: Ref
    point: int


@dataclass(frozen=True, slots=True)
class Among:
    """The code is one of these places of the code list."""

    ref: Ref
    codes: frozenset[int]


@dataclass(frozen=True, slots=True)
class Missing:
    ref: Ref


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Condition


Condition: TypeAlias = Below | Among | Missing | And | Or | Not
Expression: TypeAlias = Number | Condition
TRUE = And(())


@dataclass(frozen=True, slots=True)
class Code:
    """A public classification of rows: a code column, or the bands of a numeric one (``points``)."""

    ref: Ref
    labels: tuple[str, ...]
    points: tuple[int, ...] | None = None


def parts(expression: Expression) -> tuple[Expression, ...]:
    """Direct sub-expressions."""
    match expression:
        case Plus(left, right) | Times(left, right):
            return left, right
        case Case(branches, otherwise):
            return (*(part for branch in branches for part in branch), otherwise)
        case And(inner) | Or(inner):
            return inner
        case Not(part) | Known(part):
            return (part,)
        case Below(ref) | Among(ref) | Missing(ref):
            return (ref,)
        case _:
            return ()


def walk(expression: Expression) -> Iterator[Expression]:
    yield expression
    for part in parts(expression):
        yield from walk(part)


def refs(expression: Expression) -> set[Ref]:
    """Columns that an expression reads."""
    return {part for part in walk(expression) if isinstance(part, Ref)}


def tables(expression: Expression) -> set[str]:
    return {ref.table for ref in refs(expression)}


def conjunction(*conditions: Condition) -> Condition:
    """AND of conditions, flat."""
    flat: list[Condition] = []
    for condition in conditions:
        flat += condition.parts if isinstance(condition, And) else (condition,)
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def condition_refs(expression: Expression) -> set[Ref]:
    """Columns that the conditions in an expression test."""
    return {part.ref for part in walk(expression) if isinstance(part, Below | Among | Missing)}
