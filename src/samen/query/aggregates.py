# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""From SQL aggregate calls to figures."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from ..problems import QuestionError
from .expressions import Case, Condition, Known, Literal, Missing, Number, Ref, Times, conjunction, refs, walk
from .figures import WEIGHTED, Figure
from .kinds import kind_of
from .scope import Scope, constant

_SIMPLE: dict[type[exp.Expression], str] = {
    exp.Sum: "sum",
    exp.Avg: "avg",
    exp.Variance: "var_samp",
    exp.VariancePop: "var_pop",
    exp.Stddev: "stddev_samp",
    exp.StddevSamp: "stddev_samp",
    exp.StddevPop: "stddev_pop",
}
_PAIRS: dict[type[exp.Expression], str] = {
    exp.Corr: "corr",
    exp.CovarSamp: "covar_samp",
    exp.CovarPop: "covar_pop",
}
_NAMED = {
    "WEIGHTED_COUNT": ("weighted_count", 1),
    "WEIGHTED_SUM": ("weighted_sum", 2),
    "WEIGHTED_AVG": ("weighted_avg", 2),
    "WEIGHTED_VARIANCE": ("weighted_var", 2),
    "WEIGHTED_STDDEV": ("weighted_stddev", 2),
}
_MODELS = {
    "LINEAR_REGRESSION": "linear_regression",
    "LOGISTIC_REGRESSION": "logistic_regression",
    "KAPLAN_MEIER": "kaplan_meier",
    "PEER_BAND": "peer_band",
}
AGGREGATES: tuple[type[exp.Expression], ...] = (
    exp.Count,
    exp.Median,
    exp.PercentileCont,
    exp.Quantile,
    exp.Min,
    exp.Max,
    *_SIMPLE,
    *_PAIRS,
)
SUPPORTED = (
    "COUNT, COUNT(DISTINCT), SUM, AVG, VARIANCE, STDDEV, MEDIAN, PERCENTILE_CONT, CORR, COVAR_SAMP, "
    "COVAR_POP, " + ", ".join((*_NAMED, *_MODELS))
)


def make_figure(node: exp.Expression, where: Condition, scope: Scope) -> Figure:
    """The figure of an aggregate call; permissions are checked here."""
    narrow = False
    sql = node.sql()
    if isinstance(node, exp.Filter):
        where = conjunction(where, scope.condition(node.expression.this))
        node, narrow = node.this, True
    figure = _figure(node, scope)
    _check_sizes(figure, scope)
    _check_cases(figure, scope)
    return replace(
        figure,
        where=where,
        narrow=narrow or figure.has_case,
        sql=sql,
        refs=figure.refs or tuple(sorted({r for arg in figure.args for r in refs(arg)}, key=str)),
    )


def _check_cases(figure: Figure, scope: Scope) -> None:
    """CASE chooses rows; it does not weigh them.

    Two values in one CASE, or a CASE inside arithmetic, add some rows with another factor over the same set
    as a plain figure, so that a subtraction tells about those rows. A zero in a spread or a weighted figure
    makes every row count as a contribution.
    """
    for arg in figure.args:
        inner = arg.arg if isinstance(arg, Known) else arg
        cases = [part for part in walk(inner) if isinstance(part, Case) and not _coalesces(part)]
        if not cases:
            continue
        told = [*(value for _, value in cases[0].branches), cases[0].otherwise]
        values = {value for value in told if not (isinstance(value, Literal) and not value.value)}
        zero = any(isinstance(value, Literal) and value.value == 0 for value in told)
        if cases != [inner] or len(values) != 1 or (zero and figure.kind not in ("sum", "avg")):
            raise scope.refusal(
                "CASE in an aggregate chooses rows and is all of its argument: one value besides 0 in SUM or "
                "AVG, and no 0 in other aggregates; write one aggregate per value, such as "
                "SUM(CASE WHEN … THEN x ELSE 0 END), or FILTER (WHERE …)",
                "CASE in een totaal kiest rijen en is het hele argument: een waarde naast 0 in SUM of "
                "AVG, en geen 0 in andere totalen; schrijf een totaal per waarde, zoals "
                "SUM(CASE WHEN … THEN x ELSE 0 END), of FILTER (WHERE …)",
            )


def _coalesces(case: Case) -> bool:
    """COALESCE(column, constant)."""
    ((test, value), *more) = case.branches
    column = isinstance(case.otherwise, Ref) and test == Missing(case.otherwise)
    return column and not more and isinstance(value, Literal)


def _check_sizes(figure: Figure, scope: Scope) -> None:
    """Sums over all rows must fit in 64 bits."""
    try:
        for arg in figure.args:
            kind_of(arg, scope.study)
        if len(figure.args) == 2 and figure.kind in WEIGHTED:
            kind_of(Times(*figure.args), scope.study)
    except QuestionError as error:
        (problem,) = error.problems
        raise scope.refusal(problem.en, problem.nl) from None


def _figure(node: exp.Expression, scope: Scope) -> Figure:
    kind = type(node)
    if kind is exp.Count:
        return _count(node, scope)
    if kind in _SIMPLE:
        _no_distinct(node, scope)
        return Figure(_SIMPLE[kind], (scope.number(node.this),))
    if kind in _PAIRS:
        return Figure(_PAIRS[kind], (scope.number(node.this), scope.number(node.expression)))
    if kind in (exp.Median, exp.WithinGroup, exp.Quantile, exp.PercentileCont):
        return _quantile(node, scope)
    if kind in (exp.Min, exp.Max):
        raise scope.refusal(
            "MIN and MAX show the value of one unit and are refused; use PERCENTILE_CONT(0.1) or (0.9)",
            "MIN en MAX tonen de waarde van een eenheid en worden geweigerd; gebruik "
            "PERCENTILE_CONT(0.1) of (0.9)",
        )
    if isinstance(node, exp.Anonymous):
        return _named(node, scope)
    name = node.sql().split("(")[0]
    raise scope.refusal(
        f"{name} is not supported; the aggregates are {SUPPORTED}",
        f"{name} wordt niet ondersteund; de totalen zijn {SUPPORTED}",
    )


def _no_distinct(node: exp.Expression, scope: Scope) -> None:
    if isinstance(node.this, exp.Distinct):
        raise scope.refusal(
            f"DISTINCT in {node.sql()!r} is not supported; use COUNT(DISTINCT column)",
            f"DISTINCT in {node.sql()!r} wordt niet ondersteund; gebruik COUNT(DISTINCT kolom)",
        )


def _count(node: exp.Expression, scope: Scope) -> Figure:
    inner = node.this
    if isinstance(inner, exp.Star) or (isinstance(inner, exp.Literal) and not inner.is_string):
        return Figure("count")
    if isinstance(inner, exp.Distinct):
        if len(inner.expressions) != 1:
            raise scope.refusal(
                "COUNT(DISTINCT …) takes one column",
                "COUNT(DISTINCT …) neemt een kolom",
            )
        ref = scope.ref(inner.expressions[0])
        if scope.column(ref).type != "code":
            scope.need(ref, "key", ("COUNT(DISTINCT …) of", "COUNT(DISTINCT …) van"))
        else:
            scope.need(ref, "group", ("COUNT(DISTINCT …) of", "COUNT(DISTINCT …) van"))
        return Figure("count_distinct", refs=(ref,))
    if isinstance(inner, exp.Column):
        ref = scope.ref(inner)
        if not scope.column(ref).permissions & {"measure", "filter"}:
            scope.need(ref, "measure", ("COUNT of", "COUNT van"))
        return Figure("count", (Known(ref),), refs=(ref,))
    return Figure("count", (Known(scope.number(inner)),))


def _quantile(node: exp.Expression, scope: Scope) -> Figure:
    fraction: float | None = 0.5
    if isinstance(node, exp.Median):
        arg = node.this
    elif isinstance(node, exp.WithinGroup) and isinstance(node.this, exp.PercentileCont):
        arg, fraction = node.expression.expressions[0].this, _fraction(node.this.this)
        if node.expression.expressions[0].args.get("desc"):
            raise scope.refusal(
                "PERCENTILE_CONT with DESC is not supported; use 1 - fraction",
                "PERCENTILE_CONT met DESC wordt niet ondersteund; gebruik 1 - fractie",
            )
    elif isinstance(node, exp.Quantile):
        arg, fraction = node.this, _fraction(node.args.get("quantile"))
    else:
        raise scope.refusal(
            f"{node.sql()!r} is not supported; write PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY column)",
            f"{node.sql()!r} wordt niet ondersteund; schrijf PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER "
            "BY kolom)",
        )
    if fraction is None or fraction not in scope.study.rules.quantiles:
        allowed = ", ".join(map(str, scope.study.rules.quantiles))
        raise scope.refusal(
            f"this quantile is not among those of the rules ({allowed}); a walk along quantiles would "
            "show values "
            "of single units",
            f"dit kwantiel staat niet in de regels ({allowed}); een wandeling langs kwantielen zou "
            "waarden van "
            "losse eenheden tonen",
        )
    return Figure("quantile", (scope.measure(arg),), parameter=fraction)


def _fraction(node: exp.Expression | None) -> float | None:
    text = constant(node) if node is not None else None
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


def _named(node: exp.Anonymous, scope: Scope) -> Figure:
    name = node.name.upper()
    if name in _NAMED:
        return _weighted(name, node, scope)
    if name in _MODELS:
        return _model(name, node, scope)
    if name == "HISTOGRAM":
        column = node.expressions[0].sql() if node.expressions else "column"
        raise scope.refusal(
            f"write a histogram as SELECT BAND({column}), COUNT(*) … GROUP BY BAND({column})",
            f"schrijf een histogram als SELECT BAND({column}), COUNT(*) … GROUP BY BAND({column})",
        )
    raise scope.refusal(
        f"the function {name} is not supported; the aggregates are {SUPPORTED}",
        f"de functie {name} wordt niet ondersteund; de totalen zijn {SUPPORTED}",
    )


def _weighted(name: str, node: exp.Anonymous, scope: Scope) -> Figure:
    kind, count = _NAMED[name]
    if len(node.expressions) != count:
        form = f"{name}(weight)" if count == 1 else f"{name}(column, weight)"
        raise scope.refusal(f"write {form}", f"schrijf {form}")
    weight = scope.measure(node.expressions[-1])
    column = scope.column(weight)
    if not column.weight or column.low < 0:
        raise scope.refusal(
            f"{weight.column} is not declared as weight = true with a range from 0 up",
            f"{weight.column} is niet beschreven als weight = true met een bereik vanaf 0",
        )
    args: list[Number] = [scope.number(part) for part in node.expressions[:-1]]
    return Figure(kind, (*args, weight))


def _model(name: str, node: exp.Anonymous, scope: Scope) -> Figure:
    kind = _MODELS[name]
    columns = [scope.ref(part) for part in node.expressions]
    least, most, form = {
        "linear_regression": (2, 17, "LINEAR_REGRESSION(y, x1, x2, …)"),
        "logistic_regression": (2, 17, "LOGISTIC_REGRESSION(y, x1, x2, …)"),
        "kaplan_meier": (2, 2, "KAPLAN_MEIER(time, event)"),
        "peer_band": (1, 1, "PEER_BAND(column)"),
    }[kind]
    if not least <= len(columns) <= most or len(set(columns)) != len(columns):
        raise scope.refusal(
            f"write {form} with different columns", f"schrijf {form} met verschillende kolommen"
        )
    for ref in columns:
        if scope.column(ref).type == "code":
            scope.need(ref, "group", (f"{name} with", f"{name} met"))
        else:
            scope.measure(exp.column(ref.column, ref.table) if _unique(ref, scope) else node)
    return _checked_model(Figure(kind, refs=tuple(columns)), form, scope)


def _unique(ref: Ref, scope: Scope) -> bool:
    return ref.table in scope.tables


def _checked_model(figure: Figure, form: str, scope: Scope) -> Figure:
    first = scope.column(figure.refs[0])
    if figure.kind != "logistic_regression" and first.type == "code":
        raise scope.refusal(
            f"{first.name} must be a number in {form}", f"{first.name} moet een getal zijn in {form}"
        )
    if figure.kind == "logistic_regression" and len(first.codes) != 2 and (first.low, first.high) != (0, 1):
        raise scope.refusal(
            f"{first.name} must have two codes, or be an integer from 0 to 1, in {form}",
            f"{first.name} moet twee codes hebben, of een geheel getal van 0 tot en met 1 zijn, in {form}",
        )
    if figure.kind == "kaplan_meier":
        event = scope.column(figure.refs[1])
        if not first.breakpoints or not (len(event.codes) == 2 or (event.low, event.high) == (0, 1)):
            raise scope.refusal(
                f"{form} needs breakpoints of {first.name} as time bands, and an event with two codes "
                "(the second "
                "means: happened) or from 0 to 1",
                f"{form} vraagt grenzen van {first.name} als tijdvakken, en een gebeurtenis met twee "
                "codes (de tweede "
                "betekent: gebeurd) of van 0 tot en met 1",
            )
    return figure
