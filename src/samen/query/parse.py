# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""From SQL text to a plan. What is not supported is refused by name, with the nearest form that is."""

from __future__ import annotations

from itertools import combinations

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from ..study.model import Question, Study
from .aggregates import AGGREGATES, make_figure
from .expressions import TRUE, Code, Condition, Ref
from .figures import Figure
from .limits import check_plan, whole_plan
from .plan import Join, Output, Plan
from .scope import Scope

_UNSUPPORTED = {
    "distinct": ("SELECT DISTINCT", "GROUP BY the columns"),
    "windows": ("WINDOW", "one question per window"),
    "qualify": ("QUALIFY", "HAVING"),
    "with_": ("WITH", "one SELECT; put a second question in the study"),
    "with": ("WITH", "one SELECT; put a second question in the study"),
    "laterals": ("LATERAL", "one table, or two with JOIN"),
    "offset": ("OFFSET", "ORDER BY … LIMIT"),
    "sample": ("TABLESAMPLE", "the whole table"),
    "pivots": ("PIVOT", "GROUP BY CUBE(a, b)"),
    "into": ("INTO", "SELECT without INTO"),
    "locks": ("FOR UPDATE", "SELECT without it"),
    "connect": ("CONNECT BY", "one table, or two with JOIN"),
    "match": ("MATCH_RECOGNIZE", "CASE"),
    "prewhere": ("PREWHERE", "WHERE"),
    "cluster": ("CLUSTER BY", "ORDER BY"),
    "distribute": ("DISTRIBUTE BY", "ORDER BY"),
    "sort": ("SORT BY", "ORDER BY"),
}
_PARTS = "SELECT, FROM, JOIN, WHERE, GROUP BY, HAVING, ORDER BY, LIMIT"


def plan_study(study: Study) -> list[Plan]:
    """The plans of all questions. QuestionError lists what is wrong in every one."""
    from ..problems import Problem, QuestionError

    plans: list[Plan] = []
    problems: list[Problem] = []
    for question in study.questions:
        try:
            plans.append(plan_question(question, study))
        except QuestionError as error:
            problems += error.problems
    if problems:
        raise QuestionError(problems)
    return plans


def plan_question(question: Question, study: Study) -> Plan:
    """The plan of one question."""
    scope = Scope(study, question.name, question.line)
    return _Planner(question, scope).plan(_select(question.sql, scope))


def _select(sql: str, scope: Scope) -> exp.Select:
    try:
        statements = [s for s in sqlglot.parse(sql, read="duckdb") if s is not None]
    except (SqlglotError, RecursionError) as error:
        first = str(error).splitlines()[0] if str(error) else "nested too deeply"
        raise scope.refusal(f"this is not SQL: {first}", f"dit is geen SQL: {first}") from None
    if len(statements) != 1:
        raise scope.refusal(
            f"one SELECT is expected, not {len(statements)} statements; give each its own [[questions]]",
            f"er wordt een SELECT verwacht, geen {len(statements)} opdrachten; geef elk een eigen "
            "[[questions]]",
        )
    (select,) = statements
    if not isinstance(select, exp.Select):
        what = type(select).__name__.upper()
        raise scope.refusal(
            f"{what} is not supported; write one SELECT, and a second question for a second answer",
            f"{what} wordt niet ondersteund; schrijf een SELECT, en een tweede vraag voor een tweede "
            "antwoord",
        )
    for key, (what, instead) in _UNSUPPORTED.items():
        if select.args.get(key):
            raise scope.refusal(
                f"{what} is not supported; use {instead}",
                f"{what} wordt niet ondersteund; gebruik {instead}",
            )
    known = {"expressions", "from_", "from", "joins", "where", "group", "having", "order", "limit"}
    other = [key for key, value in select.args.items() if value and key not in known]
    if other:
        what = other[0].rstrip("_").replace("_", " ").upper()
        raise scope.refusal(
            f"{what} is not supported; the parts of a question are {_PARTS}",
            f"{what} wordt niet ondersteund; de delen van een vraag zijn {_PARTS}",
        )
    for node in select.walk():
        if isinstance(node, exp.Subquery | exp.Window | exp.Exists) or (
            isinstance(node, exp.Select) and node is not select
        ):
            what = "a window function" if isinstance(node, exp.Window) else "a subquery"
            soort = "een vensterfunctie" if isinstance(node, exp.Window) else "een subvraag"
            raise scope.refusal(
                f"{what} is not supported; use GROUP BY, CASE, or a second question",
                f"{soort} wordt niet ondersteund; gebruik GROUP BY, CASE, of een tweede vraag",
            )
    return select


class _Planner:
    def __init__(self, question: Question, scope: Scope) -> None:
        self.question, self.scope = question, scope
        self.figures: list[Figure] = []
        self.groups: list[Code | Ref] = []
        self.group_sql: list[str] = []
        self.aliases: dict[str, exp.Expression] = {}
        self.selected: list[exp.Expression] = []

    def plan(self, select: exp.Select) -> Plan:
        scope = self.scope
        source = select.args.get("from_") or select.args.get("from")
        if source is None:
            raise scope.refusal("FROM is missing; name a table", "FROM ontbreekt; noem een tabel")
        table = scope.add(source.this)
        join = self._join(select)
        where = scope.condition(select.args["where"].this) if select.args.get("where") else TRUE
        self.selected = select.expressions
        self.aliases = {
            item.alias.lower(): item.this for item in select.expressions if isinstance(item, exp.Alias)
        }
        sets = self._groups(select.args.get("group"))
        outputs = tuple(self._output(item, where) for item in select.expressions)
        having = select.args.get("having")
        order = select.args.get("order")
        plan = Plan(
            question=self.question,
            table=table,
            joined=None if join is None else scope.study.tables[join.right.table],
            join=join,
            where=where,
            groups=tuple(group for group in self.groups if isinstance(group, Code)),
            secret=next((group for group in self.groups if isinstance(group, Ref)), None),
            sets=((),) if any(isinstance(group, Ref) for group in self.groups) else sets,
            having=None if having is None else self._released(having.this, where, compared=True),
            order=tuple(
                (self._ordered(item.this, where, outputs), bool(item.args.get("desc")))
                for item in (order.expressions if order else ())
            ),
            limit=self._limit(select.args.get("limit")),
            outputs=outputs,
            figures=tuple(self.figures),
        )
        check_plan(plan, scope, len(self.groups))
        return whole_plan(plan, scope)

    def _join(self, select: exp.Select) -> Join | None:
        joins = select.args.get("joins") or []
        if not joins:
            return None
        scope = self.scope
        left = next(iter(scope.tables.values()))
        node = joins[0]
        side, kind = (node.side or "").upper(), (node.kind or "").upper()
        if len(joins) > 1 or side not in ("", "LEFT") or kind not in ("", "INNER", "OUTER"):
            what = "a second JOIN" if len(joins) > 1 else f"{side} {kind} JOIN".strip()
            raise scope.refusal(
                f"{what} is not supported; use one JOIN or LEFT JOIN with USING(key) or ON a.key = b.key",
                f"{what} wordt niet ondersteund; gebruik een JOIN of LEFT JOIN met USING(sleutel) of ON "
                "a.sleutel = "
                "b.sleutel",
            )
        right = scope.add(node.this)
        if right.name == left.name:
            raise scope.refusal(
                f"a JOIN of {left.name} with itself is not supported; use CASE and GROUP BY",
                f"een JOIN van {left.name} met zichzelf wordt niet ondersteund; gebruik CASE en GROUP BY",
            )
        first, second = self._keys(node, left.name, right.name)
        for ref in (first, second):
            scope.need(ref, "key", ("a JOIN on", "een JOIN op"))
        a, b = scope.column(first), scope.column(second)
        if a.type != b.type or (a.codes, a.scale) != (b.codes, b.scale):
            raise scope.refusal(
                f"{first.column} and {second.column} are declared differently; give both the same type "
                "and codes",
                f"{first.column} en {second.column} zijn verschillend beschreven; geef beide hetzelfde "
                "type en codes",
            )
        if right.unit != second.column or right.unit_rows != 1:
            raise scope.refusal(
                f"JOIN needs a right table with one row per key: {second.column} must be the unit of "
                f"{right.name} "
                "with unit_rows = 1; put that table on the right",
                f"JOIN vraagt rechts een tabel met een rij per sleutel: {second.column} moet de eenheid van "
                f"{right.name} zijn met unit_rows = 1; zet die tabel rechts",
            )
        return Join(first, second, side == "LEFT")

    def _keys(self, node: exp.Join, left: str, right: str) -> tuple[Ref, Ref]:
        using, on = node.args.get("using"), node.args.get("on")
        if using and len(using) == 1:
            name = using[0].name.lower()
            for table in (left, right):
                if name not in self.scope.study.tables[table].columns:
                    raise self.scope.refusal(
                        f"table {table} has no column {name!r} to join on",
                        f"tabel {table} heeft geen kolom {name!r} om op te koppelen",
                    )
            return Ref(left, name), Ref(right, name)
        if isinstance(on, exp.EQ):
            refs = {ref.table: ref for ref in (self.scope.ref(on.this), self.scope.ref(on.expression))}
            if set(refs) == {left, right}:
                return refs[left], refs[right]
        raise self.scope.refusal(
            "JOIN needs one key: USING(key) or ON a.key = b.key; let holders add a combined key column "
            "if it takes "
            "more",
            "JOIN vraagt een sleutel: USING(sleutel) of ON a.sleutel = b.sleutel; laat houders een "
            "samengestelde "
            "sleutelkolom toevoegen als het er meer zijn",
        )

    def _groups(self, group: exp.Group | None) -> tuple[tuple[int, ...], ...]:
        if group is None:
            return ((),)
        for key in ("grouping_sets", "totals", "all", "cube", "rollup"):
            if group.args.get(key):
                raise self.scope.refusal(
                    f"GROUP BY with {key} is not supported; use CUBE(a, b) or ROLLUP(a, b)",
                    f"GROUP BY met {key} wordt niet ondersteund; gebruik CUBE(a, b) of ROLLUP(a, b)",
                )
        listed = list(group.expressions)
        special = next((node for node in listed if isinstance(node, exp.Cube | exp.Rollup)), None)
        if special is not None and len(listed) > 1:
            raise self.scope.refusal(
                "CUBE and ROLLUP stand alone in GROUP BY; write GROUP BY CUBE(a, b)",
                "CUBE en ROLLUP staan alleen in GROUP BY; schrijf GROUP BY CUBE(a, b)",
            )
        columns = listed if special is None else list(special.expressions)
        for node in columns:
            self._group(node)
        if special is not None and any(isinstance(group, Ref) for group in self.groups):
            raise self.scope.refusal(
                "CUBE and ROLLUP need columns with a public code list",
                "CUBE en ROLLUP vragen kolommen met een openbare codelijst",
            )
        every = tuple(range(len(columns)))
        if isinstance(special, exp.Cube):
            return tuple(c for size in reversed(range(len(every) + 1)) for c in combinations(every, size))
        if isinstance(special, exp.Rollup):
            return tuple(every[:size] for size in reversed(range(len(every) + 1)))
        return (every,)

    def _group(self, node: exp.Expression) -> None:
        if isinstance(node, exp.Column) and not node.table and node.name.lower() in self.aliases:
            node = self.aliases[node.name.lower()]
        if isinstance(node, exp.Literal):
            node = self._numbered(node)
        self.groups.append(self.scope.code(node))
        self.group_sql.append(node.sql().lower())

    def _numbered(self, node: exp.Literal) -> exp.Expression:
        """The column of the answer that GROUP BY names by number."""
        if node.is_string or not node.this.isdigit() or not 0 < int(node.this) <= len(self.selected):
            raise self.scope.refusal(
                f"GROUP BY {node.sql()} names no column of the answer; write its name",
                f"GROUP BY {node.sql()} noemt geen kolom van het antwoord; schrijf de naam",
            )
        chosen = self.selected[int(node.this) - 1]
        return chosen.this if isinstance(chosen, exp.Alias) else chosen

    def _output(self, item: exp.Expression, where: Condition) -> Output:
        inner = item.this if isinstance(item, exp.Alias) else item
        name = item.alias if isinstance(item, exp.Alias) else inner.sql().lower()
        return Output(name, self._released(inner, where))

    def _released(self, node: exp.Expression, where: Condition, compared: bool = False) -> exp.Expression:
        """An expression over released values: groups and figures replaced by placeholders."""
        node = node.copy()
        if isinstance(node, exp.Star):
            raise self.scope.refusal(
                "SELECT * would show rows; ask for aggregates such as COUNT(*) and AVG(column)",
                "SELECT * zou rijen tonen; vraag naar totalen zoals COUNT(*) en AVG(kolom)",
            )
        return self._place(node, where, compared)

    def _ordered(self, node: exp.Expression, where: Condition, outputs: tuple[Output, ...]) -> exp.Expression:
        """What ORDER BY names: an expression, or the number of a column of the answer."""
        if not isinstance(node, exp.Literal):
            return self._released(node, where)
        if node.is_string or not node.this.isdigit() or not 0 < int(node.this) <= len(outputs):
            raise self.scope.refusal(
                f"ORDER BY {node.sql()} names no column of the answer; write its name",
                f"ORDER BY {node.sql()} noemt geen kolom van het antwoord; schrijf de naam",
            )
        return outputs[int(node.this) - 1].expression

    def _place(self, node: exp.Expression, where: Condition, compared: bool) -> exp.Expression:
        if node.sql().lower() in self.group_sql:
            return exp.column(f"g{self.group_sql.index(node.sql().lower())}", "samen")
        if self._is_aggregate(node):
            return exp.column(f"f{self._figure(node, where, compared)}", "samen")
        if isinstance(node, exp.Column):
            alias = self.aliases.get(node.name.lower())
            if alias is not None and not node.table and alias.sql() != node.sql():
                return self._place(alias.copy(), where, compared)
            ref = self.scope.ref(node)
            raise self.scope.refusal(
                f"{ref.column} stands outside an aggregate and is not in GROUP BY: that would show rows; use "
                f"AVG({ref.column}) or add it to GROUP BY",
                f"{ref.column} staat buiten een totaal en niet in GROUP BY: dat zou rijen tonen; gebruik "
                f"AVG({ref.column}) of zet het in GROUP BY",
            )
        for key, value in list(node.args.items()):
            if isinstance(value, exp.Expression):
                node.set(key, self._place(value, where, compared))
            elif isinstance(value, list):
                node.set(
                    key,
                    [self._place(v, where, compared) if isinstance(v, exp.Expression) else v for v in value],
                )
        return node

    def _is_aggregate(self, node: exp.Expression) -> bool:
        if isinstance(node, exp.Anonymous):
            return node.name.upper() != "BAND"
        return isinstance(node, (exp.AggFunc, exp.Filter, exp.WithinGroup, *AGGREGATES))

    def _figure(self, node: exp.Expression, where: Condition, compared: bool) -> int:
        figure = make_figure(node, where, self.scope)
        if compared:
            for ref in figure.refs:
                self.scope.need(ref, "filter", ("HAVING compares, so", "HAVING vergelijkt, dus"))
        if figure not in self.figures:
            self.figures.append(figure)
        return self.figures.index(figure)

    def _limit(self, node: exp.Expression | None) -> int | None:
        if node is None:
            return None
        text = node.expression.sql() if isinstance(node, exp.Limit) else ""
        if not text.isdigit():
            raise self.scope.refusal(
                "LIMIT needs a whole number, say LIMIT 10", "LIMIT vraagt een geheel getal, zoals LIMIT 10"
            )
        return int(text)
