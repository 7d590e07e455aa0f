# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a plan may not be: too large, not computable, or never releasable."""

from __future__ import annotations

from dataclasses import replace

from ..protocols.group import MAX_CODES
from .columns import needs_rows
from .expressions import Case, Code, Condition, Missing, Ref, tables, walk
from .figures import PAIRED, SPREAD, WHOLE
from .plan import MAX_CELLS, MAX_ROW_HOLDERS, Join, Plan, holder_side
from .private import check_private
from .scope import Scope, band_labels


def check_plan(plan: Plan, scope: Scope, groups: int) -> None:
    """QuestionError for what cannot be computed, or could never be released."""
    if not plan.figures:
        raise scope.refusal(
            "there is no aggregate; ask for COUNT(*), SUM, AVG, …",
            "er is geen totaal; vraag COUNT(*), SUM, AVG, …",
        )
    whole = [figure for figure in plan.figures if figure.kind in WHOLE]
    if whole and (len(plan.figures) > 1 or plan.groups or plan.secret or len(plan.outputs) > 1):
        raise scope.refusal(
            f"{whole[0].sql} is a table of its own; let it be the only thing in SELECT, without GROUP BY",
            f"{whole[0].sql} is zelf een tabel; laat het het enige in SELECT zijn, zonder GROUP BY",
        )
    if plan.secret is not None and groups > 1:
        raise scope.refusal(
            f"{plan.secret.column} has no public code list, so it must be the only column in GROUP BY",
            f"{plan.secret.column} heeft geen openbare codelijst en moet dus de enige kolom in GROUP BY zijn",
        )
    _check_rows(plan, scope)
    _check_holders(plan, scope)
    if scope.study.privacy is not None:
        check_private(scope.study, plan)
    cells = sum(plan.cells(grouping) for grouping in plan.sets)
    if cells > MAX_CELLS:
        raise scope.refusal(
            f"GROUP BY makes {cells} cells, at most {MAX_CELLS} are supported; group by fewer columns",
            f"GROUP BY maakt {cells} cellen, hooguit {MAX_CELLS} kan; deel in naar minder kolommen",
        )


def _check_rows(plan: Plan, scope: Scope) -> None:
    """Sizes that rows cannot have, and what cannot be computed over two tables."""
    if plan.secret is not None:
        _check_secret(plan, plan.secret, scope)
    if plan.join is not None:
        _check_join(plan, plan.join, scope)
    by_row = any(needs_rows(plan, figure) for figure in plan.figures)
    cells = max(plan.cells(grouping) for grouping in plan.sets)
    holders = 0 if holder_side(plan) else len(plan.table.holders)
    if by_row and (cells > MAX_CODES or holders > MAX_ROW_HOLDERS):
        raise scope.refusal(
            "this question follows rows (JOIN, quantile, distinct, or unit_rows above 1), for at most "
            f"{MAX_CODES} cells and {MAX_ROW_HOLDERS} holders; it has {cells} cells and {holders} "
            "holders. Group "
            "by fewer columns, or let holders make one row per unit",
            "deze vraag volgt rijen (JOIN, kwantiel, verschillende, of unit_rows boven 1), voor hooguit "
            f"{MAX_CODES} cellen en {MAX_ROW_HOLDERS} houders; zij heeft {cells} cellen en {holders} "
            "houders. Deel "
            "in naar minder kolommen, of laat houders een rij per eenheid maken",
        )


def _check_secret(plan: Plan, ref: Ref, scope: Scope) -> None:
    refused = [f for f in plan.figures if f.kind in ("quantile", "count_distinct", *PAIRED)]
    if plan.join is not None or plan.table.unit_rows > 1 or refused:
        what = refused[0].sql if refused else "JOIN and unit_rows above 1"
        raise scope.refusal(
            f"{what} with GROUP BY {ref.column}, which has no public code list, is not supported; "
            "declare "
            f"{ref.column} as code with its list",
            f"{what} met GROUP BY {ref.column}, zonder openbare codelijst, wordt niet ondersteund; "
            "maak van "
            f"{ref.column} een code met lijst",
        )


def _check_join(plan: Plan, join: Join, scope: Scope) -> None:
    for figure in plan.figures:
        mixed = any(len(tables(arg)) > 1 for arg in figure.args)
        if figure.kind == "quantile" or (mixed and figure.kind in (*SPREAD, *PAIRED)):
            raise scope.refusal(
                f"{figure.sql} over a JOIN is not supported; use AVG, or ask it of one table",
                f"{figure.sql} over een JOIN wordt niet ondersteund; gebruik AVG, of vraag het van een tabel",
            )
    conditions = (plan.where, *(figure.where for figure in plan.figures), *_tests(plan))
    tested = {p.ref.table for c in conditions for p in walk(c) if isinstance(p, Missing)}
    if join.outer and join.right.table in tested:
        raise scope.refusal(
            f"IS NULL and COALESCE on {join.right.table} after LEFT JOIN are not supported; use "
            "JOIN, and count "
            "without",
            f"IS NULL en COALESCE op {join.right.table} na LEFT JOIN worden niet ondersteund; "
            "gebruik JOIN, en tel "
            "zonder",
        )


def whole_plan(plan: Plan, scope: Scope) -> Plan:
    """What a table of its own needs: time bands for survival, holders' totals for survival and peers."""
    figure = plan.figures[0]
    if figure.kind not in ("kaplan_meier", "peer_band"):
        return plan
    if not holder_side(plan):
        raise scope.refusal(
            f"{figure.sql} needs one table with unit_rows = 1; let holders make one row per unit",
            f"{figure.sql} vraagt een tabel met unit_rows = 1; laat houders een rij per eenheid maken",
        )
    if figure.kind == "peer_band":
        if len(plan.table.holders) < 5:
            raise scope.refusal(
                "PEER_BAND needs at least five holders, else a quarter is one of them",
                "PEER_BAND vraagt minstens vijf houders, anders is een kwart er een",
            )
        return plan
    column = scope.column(figure.refs[0])
    code = Code(figure.refs[0], band_labels(column), column.breakpoints)
    return replace(plan, groups=(code,), sets=((0,),))


def _check_holders(plan: Plan, scope: Scope) -> None:
    """A question that no figure could pass is refused before it costs anything."""
    rules, holders = scope.study.rules, len(plan.table.holders)
    if scope.study.privacy is not None or plan.figures[0].kind == "peer_band":
        return
    if holders < rules.min_holders or (rules.leave_one_out and holders == 1):
        raise scope.refusal(
            f"table {plan.table.name} has {holders} holders, but the rules ask for {rules.min_holders} "
            "and for "
            "enough units without any one of them: nothing could be released. Put the table of many "
            "holders in "
            "FROM, or set min_holders and leave_one_out to what the holders agree on",
            f"tabel {plan.table.name} heeft {holders} houders, maar de regels vragen er "
            f"{rules.min_holders} en "
            "genoeg eenheden zonder een willekeurige daarvan: er kan niets vrijkomen. Zet de tabel met veel "
            "houders in FROM, of zet min_holders en leave_one_out op wat de houders afspreken",
        )


def _tests(plan: Plan) -> list[Condition]:
    """Conditions inside the figures' expressions."""
    return [
        condition
        for figure in plan.figures
        for arg in figure.args
        for part in walk(arg)
        if isinstance(part, Case)
        for condition, _ in part.branches
    ]
