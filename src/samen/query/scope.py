# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""From SQL row expressions to typed ones, checked against declarations and permissions."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from itertools import pairwise

from sqlglot import exp

from ..problems import Problem, QuestionError
from ..study.cells import shown
from ..study.columns import days
from ..study.fields import similar
from ..study.model import Column, Study, Table
from .expressions import (
    Among,
    And,
    Below,
    Case,
    Code,
    Condition,
    Literal,
    Missing,
    Not,
    Number,
    Or,
    Plus,
    Ref,
    Times,
)

_FLIPPED: dict[type[exp.Expression], type[exp.Expression]] = {
    exp.LT: exp.GT,
    exp.GT: exp.LT,
    exp.LTE: exp.GTE,
    exp.GTE: exp.LTE,
}


class Scope:
    """The tables of one question by the names it gives them."""

    def __init__(self, study: Study, name: str, line: int) -> None:
        self.study, self.name, self.line = study, name, line
        self.tables: dict[str, Table] = {}

    def refusal(self, en: str, nl: str) -> QuestionError:
        """What is wrong with this question, to raise."""
        return QuestionError(
            Problem(f"question {self.name}: {en}", f"vraag {self.name}: {nl}", self.line or None)
        )

    def add(self, source: exp.Expression) -> Table:
        """A table of FROM or JOIN."""
        if not isinstance(source, exp.Table) or not isinstance(source.this, exp.Identifier):
            raise self.refusal(
                "a subquery in FROM is not supported; name one table, or two with JOIN",
                "een subvraag in FROM wordt niet ondersteund; noem een tabel, of twee met JOIN",
            )
        extra = [
            key
            for key, value in source.args.items()
            if value and key not in ("this", "alias", "db", "catalog")
        ]
        if extra:
            raise self.refusal(
                f"{source.sql()!r} is not supported; name the table alone, all its rows count",
                f"{source.sql()!r} wordt niet ondersteund; noem alleen de tabel, alle rijen tellen mee",
            )
        name = source.name.lower()
        if source.args.get("db"):
            raise self.refusal(
                f"write {name} without what stands before it; there are no schemas",
                f"schrijf {name} zonder wat ervoor staat; er zijn geen schema's",
            )
        if name not in self.study.tables:
            en, nl = similar(name, list(self.study.tables))
            raise self.refusal(f"there is no table {name!r}{en}", f"er is geen tabel {name!r}{nl}")
        alias = source.alias_or_name.lower()
        if alias in self.tables:
            raise self.refusal(f"table {alias!r} stands there twice", f"tabel {alias!r} staat er dubbel")
        self.tables[alias] = self.study.tables[name]
        return self.tables[alias]

    def ref(self, node: exp.Expression) -> Ref:
        """The column that a node names."""
        if not isinstance(node, exp.Column) or isinstance(node.this, exp.Star):
            raise self.refusal(
                f"{node.sql()!r} is no column; name one", f"{node.sql()!r} is geen kolom; noem er een"
            )
        name, alias = node.name.lower(), node.table.lower()
        found = [
            table
            for key, table in self.tables.items()
            if name in table.columns and (not alias or key == alias)
        ]
        if len(found) == 1:
            return Ref(found[0].name, name)
        if found:
            raise self.refusal(
                f"column {name!r} is in both tables; write TABLE.{name}",
                f"kolom {name!r} zit in beide tabellen; schrijf TABEL.{name}",
            )
        known = [column for table in self.tables.values() for column in table.columns]
        en, nl = similar(name, known)
        raise self.refusal(
            f"there is no column {node.sql()!r}{en or '; declared are ' + ', '.join(known)}",
            f"er is geen kolom {node.sql()!r}{nl or '; beschreven zijn ' + ', '.join(known)}",
        )

    def column(self, ref: Ref) -> Column:
        return self.study.tables[ref.table].columns[ref.column]

    def need(self, ref: Ref, permission: str, why: tuple[str, str]) -> None:
        """A use of a column that must be permitted."""
        if permission not in self.column(ref).permissions:
            has = ", ".join(sorted(self.column(ref).permissions)) or "none"
            raise self.refusal(
                f"{why[0]} {ref.column} needs permission {permission!r}; the study gives it: {has}",
                f"{why[1]} {ref.column} vraagt permissie {permission!r}; het onderzoek geeft: {has}",
            )

    # Conditions

    def condition(self, node: exp.Expression) -> Condition:
        match node:
            case exp.Paren():
                return self.condition(node.this)
            case exp.And():
                return And((self.condition(node.this), self.condition(node.expression)))
            case exp.Or():
                return Or((self.condition(node.this), self.condition(node.expression)))
            case exp.Not():
                return Not(self.condition(node.this))
            case exp.Between():
                low, high = node.args["low"], node.args["high"]
                return And(
                    (
                        self.comparison(exp.GTE, node.this, low),
                        self.comparison(exp.LTE, node.this, high),
                    )
                )
            case exp.In():
                return self._among(node)
            case exp.Is():
                return self._missing(node)
            case exp.EQ() | exp.NEQ() | exp.LT() | exp.LTE() | exp.GT() | exp.GTE():
                return self._compare(node)
        raise self.refusal(
            f"the condition {node.sql()!r} is not supported; compare a column with a declared code or "
            "breakpoint "
            "(=, <>, <, <=, >, >=, BETWEEN, IN, IS NULL), joined by AND, OR, NOT",
            f"de voorwaarde {node.sql()!r} wordt niet ondersteund; vergelijk een kolom met een "
            "beschreven code of "
            "grens (=, <>, <, <=, >, >=, BETWEEN, IN, IS NULL), verbonden met AND, OR, NOT",
        )

    def _among(self, node: exp.In) -> Condition:
        options = node.expressions
        if node.args.get("query") or not options:
            raise self.refusal(
                "IN with a subquery is not supported; list the codes: IN ('a', 'b')",
                "IN met een subvraag wordt niet ondersteund; noem de codes: IN ('a', 'b')",
            )
        return Or(tuple(self.comparison(exp.EQ, node.this, option) for option in options))

    def _missing(self, node: exp.Is) -> Condition:
        if not isinstance(node.expression, exp.Null):
            raise self.refusal(
                "IS is supported with NULL only; write IS NULL or =",
                "IS kan alleen met NULL; schrijf IS NULL of =",
            )
        ref = self.ref(node.this)
        self.need(ref, "filter", ("a test for NULL of", "een toets op NULL van"))
        return Missing(ref)

    def _compare(self, node: exp.Expression) -> Condition:
        left, right = node.this, node.expression
        kind: type[exp.Expression] = type(node)
        if constant(left) is not None and constant(right) is None:
            left, right, kind = right, left, _FLIPPED.get(kind, kind)
        return self.comparison(kind, left, right)

    def comparison(
        self, kind: type[exp.Expression], left: exp.Expression, right: exp.Expression
    ) -> Condition:
        """column OP constant, as atoms."""
        while isinstance(left, exp.Paren):
            left = left.this
        value = constant(right)
        if value is None or not isinstance(left, exp.Column):
            raise self.refusal(
                f"{left.sql()!r} is compared with {right.sql()!r}: only a column with a constant is "
                "supported, so "
                "that every question is made of declared pieces; let the holder add the outcome as a "
                "code column",
                f"{left.sql()!r} wordt vergeleken met {right.sql()!r}: alleen een kolom met een "
                "constante kan, zodat "
                "elke vraag uit beschreven stukken bestaat; laat de houder de uitkomst als codekolom "
                "toevoegen",
            )
        ref = self.ref(left)
        self.need(ref, "filter", ("a comparison with", "een vergelijking met"))
        column = self.column(ref)
        if column.type == "code":
            return self._code_test(kind, ref, column, value)
        return self._number_test(kind, ref, column, value)

    def _code_test(self, kind: type[exp.Expression], ref: Ref, column: Column, value: str) -> Condition:
        if kind not in (exp.EQ, exp.NEQ):
            raise self.refusal(
                f"codes have no order: {ref.column} can be compared with = , <> and IN",
                f"codes hebben geen volgorde: {ref.column} is te vergelijken met = , <> en IN",
            )
        if value not in column.codes:
            en, nl = similar(value, column.codes)
            raise self.refusal(
                f"{value!r} is no code of "
                f"{ref.column}{en or '; the list is ' + ', '.join(column.codes[:30])}",
                f"{value!r} is geen code van "
                f"{ref.column}{nl or '; de lijst is ' + ', '.join(column.codes[:30])}",
            )
        found = Among(ref, frozenset([column.codes.index(value)]))
        return found if kind is exp.EQ else Not(found)

    def _number_test(self, kind: type[exp.Expression], ref: Ref, column: Column, value: str) -> Condition:
        try:
            exact = Decimal(days(value)) if column.type == "date" else Decimal(value) * 10**column.scale
            if exact != exact.to_integral_value():
                raise InvalidOperation
        except (InvalidOperation, ValueError):
            raise self.refusal(
                f"{value!r} is no value of {ref.column} ({column.type}, {column.scale} decimals)",
                f"{value!r} is geen waarde van {ref.column} ({column.type}, {column.scale} decimalen)",
            ) from None
        point = int(exact)
        below = self._below(ref, column, point + (kind in (exp.LTE, exp.GT)))
        if kind in (exp.LT, exp.LTE):
            return below
        if kind in (exp.GTE, exp.GT):
            return Not(below)
        same = And((Not(below), self._below(ref, column, point + 1)))
        return same if kind is exp.EQ else Not(same)

    def _below(self, ref: Ref, column: Column, point: int) -> Condition:
        outside = point <= column.low or point > column.high
        if not outside and point not in column.breakpoints:
            have = ", ".join(shown(column, p) for p in column.breakpoints) or "none"
            raise self.refusal(
                f"{shown(column, point)} is no declared breakpoint of {ref.column} (declared: {have}); "
                "use one of "
                "those, or add it to breakpoints and have the study approved again",
                f"{shown(column, point)} is geen beschreven grens van {ref.column} (beschreven: {have}); "
                "gebruik een "
                "daarvan, of zet hem bij breakpoints en laat het onderzoek opnieuw goedkeuren",
            )
        return Below(ref, point)

    # Numbers

    def number(self, node: exp.Expression) -> Number:
        """A number per row, of columns with permission measure."""
        match node:
            case exp.Paren():
                return self.number(node.this)
            case exp.Null():
                return Literal(None)
            case exp.Neg():
                return Times(Literal(-1), self.number(node.this))
            case exp.Literal() if not node.is_string:
                return literal(node.this)
            case exp.Add() | exp.Sub() | exp.Mul():
                return self._arithmetic(node)
            case exp.Case():
                return self._case(node)
            case exp.Coalesce() if len(node.expressions) == 1:
                ref = self.measure(node.this)
                return Case(((Missing(ref), self.number(node.expressions[0])),), ref)
            case exp.Column():
                return self.measure(node)
        what = repr(node.sql()) if isinstance(node, exp.Expression) else "an empty place"
        hint = ("divide aggregates: SUM(a) / SUM(b)", "deel de totalen: SUM(a) / SUM(b)")
        if not isinstance(node, exp.Div):
            hint = (
                "numbers are made of columns, constants, +, -, *, CASE and COALESCE(column, constant)",
                "getallen bestaan uit kolommen, constanten, +, -, *, CASE en COALESCE(kolom, constante)",
            )
        raise self.refusal(
            f"{what} is not supported for single rows; {hint[0]}",
            f"{what} wordt niet ondersteund voor losse rijen; {hint[1]}",
        )

    def _arithmetic(self, node: exp.Add | exp.Sub | exp.Mul) -> Number:
        left, right = self.number(node.this), self.number(node.expression)
        if isinstance(node, exp.Mul):
            return Times(left, right)
        return Plus(left, right if isinstance(node, exp.Add) else Times(Literal(-1), right))

    def measure(self, node: exp.Expression) -> Ref:
        ref = self.ref(node)
        if not self.column(ref).numeric:
            raise self.refusal(
                f"{ref.column} is {self.column(ref).type}, not a number; count with SUM(CASE WHEN "
                f"{ref.column} = … "
                "THEN 1 ELSE 0 END)",
                f"{ref.column} is {self.column(ref).type}, geen getal; tel met SUM(CASE WHEN "
                f"{ref.column} = … THEN 1 "
                "ELSE 0 END)",
            )
        self.need(ref, "measure", ("an aggregate of", "een optelling van"))
        return ref

    def _case(self, node: exp.Case) -> Number:
        branches = []
        for branch in node.args["ifs"]:
            test = branch.this if node.this is None else exp.EQ(this=node.this, expression=branch.this)
            branches.append((self.condition(test), self.number(branch.args["true"])))
        default = node.args.get("default")
        return Case(tuple(branches), self.number(default) if default is not None else Literal(None))

    # Groups

    def code(self, node: exp.Expression) -> Code | Ref:
        """What GROUP BY names: a code, BAND(column), or a column whose labels are secret."""
        while isinstance(node, exp.Paren):
            node = node.this
        if isinstance(node, exp.Anonymous) and node.name.upper() == "BAND" and len(node.expressions) == 1:
            ref = self.ref(node.expressions[0])
            column = self.column(ref)
            if not column.breakpoints:
                raise self.refusal(
                    f"BAND({ref.column}) needs breakpoints of {ref.column} in the study",
                    f"BAND({ref.column}) vraagt grenzen (breakpoints) van {ref.column} in het onderzoek",
                )
            self.need(ref, "group", ("a grouping by", "een indeling naar"))
            return Code(ref, band_labels(column), column.breakpoints)
        if not isinstance(node, exp.Column):
            raise self.refusal(
                f"GROUP BY {node.sql()!r} is not supported; group by a column or BAND(column)",
                f"GROUP BY {node.sql()!r} wordt niet ondersteund; deel in naar een kolom of BAND(kolom)",
            )
        ref = self.ref(node)
        self.need(ref, "group", ("a grouping by", "een indeling naar"))
        column = self.column(ref)
        return Code(ref, column.codes) if column.type == "code" else ref


def band_labels(column: Column) -> tuple[str, ...]:
    """The bands of a numeric column as people read them: [low, next)."""
    ends = [column.low, *column.breakpoints, column.high]
    names = [f"{shown(column, a)} - < {shown(column, b)}" for a, b in pairwise(ends[:-1])]
    return (*names, f"{shown(column, ends[-2])} - {shown(column, ends[-1])}")


def constant(node: exp.Expression) -> str | None:
    """The text of a constant, or None."""
    match node:
        case exp.Paren():
            return constant(node.this)
        case exp.Literal():
            return str(node.this)
        case exp.Neg():
            inner = constant(node.this)
            return None if inner is None else f"-{inner}"
        case exp.Cast() if isinstance(node.this, exp.Literal):
            return str(node.this.this)
    return None


def literal(text: str) -> Literal:
    number = Decimal(text).normalize()
    scale = max(0, -int(number.as_tuple().exponent))
    return Literal(int(number * 10**scale), scale)
