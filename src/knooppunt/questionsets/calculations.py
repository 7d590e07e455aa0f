# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scores and outcomes of the forms in `assessment.py`, as far as their expressions are understood.

What is not understood is named and left out. An expression that asks for a question or an option that is
not in the form is kept, because the form itself then counts nothing; that is named too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from knooppunt.questionsets import expressions
from knooppunt.questionsets.model import Level, QuestionSet, Score

RULE = frozenset(("scoreKey", "expression", "riskScore"))
LEVEL = frozenset(("level", "expression", "result", "explanation", "criteria"))
CRITERION = frozenset(("id", "expression", "explanation"))


def read(found: QuestionSet, data: dict[str, Any]) -> None:
    """Read the calculations of all tasks, then the assessments that stand on them."""
    options = {item.id: [str(option.value) for option in item.options] for item in found.items}
    for path, raw in _calculations(data["tasks"], "tasks"):
        score = _score(found, raw, path, options)
        if score is not None:
            found.scores.append(score)
    assessments = data.get("assessments") or []
    if not isinstance(assessments, list):
        found.skip("assessments", _("This is not a list of assessments."))
        return
    for i, raw in enumerate(assessments):
        path = f"assessments/{i}"
        levels = raw.get("levels") if isinstance(raw, dict) and raw.get("id") else None
        if not isinstance(levels, list):
            found.skip(path, _("An assessment needs an 'id' and a list of levels."))
            continue
        made = [_level(found, level, f"{path}/levels/{j}", options) for j, level in enumerate(levels)]
        if whole := [level for level in made if level is not None]:
            found.assessments.append((str(raw["id"]), whole))


def _calculations(tasks: Any, path: str) -> Iterator[tuple[str, Any]]:
    for i, task in enumerate(tasks if isinstance(tasks, list) else []):
        if isinstance(task, dict):
            if "calculation" in task:
                yield f"{path}/{i}/calculation", task["calculation"]
            yield from _calculations(task.get("tasks"), f"{path}/{i}/tasks")


def _score(found: QuestionSet, raw: Any, path: str, options: dict[str, list[str]]) -> Score | None:
    raw = raw if isinstance(raw, dict) else {}
    rules = raw.get("riskScore") or []
    if not _understood(found, raw.get("expression"), path, options) or not isinstance(rules, list):
        return None
    _name_unknown(found, raw, RULE, path)
    kept = []
    for i, rule in enumerate(rules):
        value = rule.get("value") if isinstance(rule, dict) else None
        here = f"{path}/riskScore/{i}"
        if isinstance(value, bool) or not isinstance(value, int | float):
            found.skip(here, _("A rule needs a 'when' and a number as its 'value'."))
        elif _understood(found, rule.get("when"), here, options):
            kept.append((str(rule["when"]), float(value)))
    return Score(str(raw.get("scoreKey") or path), str(raw["expression"]), tuple(kept))


def _level(found: QuestionSet, raw: Any, path: str, options: dict[str, list[str]]) -> Level | None:
    raw = raw if isinstance(raw, dict) else {}
    if not _understood(found, raw.get("expression"), path, options):
        return None
    _name_unknown(found, raw, LEVEL, path)
    criteria = []
    listed = raw.get("criteria") or []
    for i, one in enumerate(listed if isinstance(listed, list) else []):
        here = f"{path}/criteria/{i}"
        one = one if isinstance(one, dict) else {}
        if _understood(found, one.get("expression"), here, options):
            _name_unknown(found, one, CRITERION, here)
            named = str(one.get("id") or "")
            criteria.append((named, str(one["expression"]), str(one.get("explanation") or named)))
    text = ". ".join(str(raw[key]).strip() for key in ("result", "explanation") if raw.get(key))
    return Level(text or str(raw.get("level") or ""), str(raw["expression"]), tuple(criteria))


def _name_unknown(found: QuestionSet, raw: dict[str, Any], known: frozenset[str], path: str) -> None:
    for key in raw:
        if key not in known:
            found.skip(f"{path}/{key}", _("A rule or remark that is not read."))


def _understood(found: QuestionSet, expression: Any, path: str, options: dict[str, list[str]]) -> bool:
    """Whether it is an expression that the hub can work out; what it names in vain is reported."""
    try:
        tree = expressions.parse(str(expression))
    except expressions.ExpressionError:
        found.skip(path, _("This expression is not understood."))
        return False
    asked = dict.fromkeys(name for kind, name in expressions.mentioned(tree) if kind == "answer")
    for name in asked:
        if name not in options:
            message = _("There is no question '%(id)s': it counts as not answered.")
            found.skip(path, message % {"id": name})
    vain = [
        option
        for question, option in expressions.weighed(tree)
        if option not in options.get(question, [option])
    ]
    if vain:
        message = _("Weights for what is no option count for nothing: %(names)s.")
        found.skip(path, message % {"names": "; ".join(f"'{name}'" for name in vain)})
    return True
