# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms in the family of the Dutch DPIA and pre-scan forms: tasks in tasks, with options and dependencies."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from knooppunt.questionsets import calculations
from knooppunt.questionsets.model import Dependency, Option, Question, QuestionSet, said
from knooppunt.questionsets.source import Source

KINDS = {
    "text_input": "open",
    "open_text": "open",
    "select_option": "choice",
    "radio_option": "choice",
    "multiselect_option": "multiple",
    "checkbox_option": "multiple",
    "number": "number",
    "date": "date",
    "image": "file",
    "task_group": "group",
    "informational": "group",  # tells something and asks nothing
}
# What says how a task looks, who it is for or where else it is asked: nothing that an answer depends on.
LOOKS = frozenset(
    (
        *("task", "id", "type", "description", "category", "repeatable", "tasks", "options", "dependencies"),
        *("is_official_id", "in_fria", "item_name", "instance_label_template", "valueType", "defaultValue"),
        *("references", "sources", "required_status", "action_point_group", "action_point_summary"),
        "calculation",
    )
)
ABOUT = frozenset(("name", "urn", "version", "description", "tasks", "prefixQuestionIds", "assessments"))
EFFECTS = {"show": "show", "hide": "hide", "options": "options", "sync_instances": "repeat"}
OPERATORS = frozenset(("equals", "contains", "any", "all"))


def recognises(data: Any) -> bool:
    tasks = data.get("tasks") if isinstance(data, dict) else None
    return isinstance(tasks, list) and any(isinstance(task, dict) and "task" in task for task in tasks)


def read(source: Source) -> QuestionSet:
    """Every task as a question or a group, in the order of the form."""
    data = source.data
    found = QuestionSet(source.file, said(data.get("name")), str(data.get("version", "")))
    for key in data:
        if key not in ABOUT:
            found.skip(key, _("A rule or remark that is not read."))
    found.about = said(data.get("description"))
    _tasks(found, source, data["tasks"], ("tasks",), "")
    calculations.read(found, data)
    return found


def _tasks(found: QuestionSet, source: Source, tasks: Any, keys: tuple[Any, ...], parent: str) -> None:
    if not isinstance(tasks, list):
        found.skip(_path(keys), _("This is not a list of tasks."))
        return
    for i, task in enumerate(tasks):
        here = (*keys, i)
        if not isinstance(task, dict) or "id" not in task or "task" not in task:
            found.skip(_path(here), _("A task needs an 'id' and a 'task'."))
            continue
        question = _question(found, source, task, here, parent)
        if question is not None:
            found.items.append(question)
        if "tasks" in task:
            _tasks(found, source, task["tasks"], (*here, "tasks"), question.id if question else parent)


def _question(
    found: QuestionSet, source: Source, task: dict[str, Any], here: tuple[Any, ...], parent: str
) -> Question | None:
    types = task.get("type") or ["task_group" if "tasks" in task else ""]
    types = types if isinstance(types, list) else [types]
    known = [KINDS[name] for name in types if isinstance(name, str) and name in KINDS]
    for name in types:
        if not isinstance(name, str) or name not in KINDS:
            found.skip(_path((*here, "type")), _("The type '%(name)s' is not known.") % {"name": name})
    for key in task:
        if key not in LOOKS:
            found.skip(_path((*here, key)), _("A rule or remark that is not read."))
    if not known:
        return None
    question = Question(
        str(task["id"]), said(task["task"]), known[0], source.line(*here), parent=parent,
        help=said(task.get("description")), repeats=task.get("repeatable") is True,
    )  # fmt: skip
    for j, option in enumerate(task.get("options") or []):
        if isinstance(option, dict) and "value" in option:
            question.options.append(Option(option["value"], said(option.get("label", option["value"]))))
        else:
            found.skip(_path((*here, "options", j)), _("An option needs a 'value'."))
    for j, rule in enumerate(task.get("dependencies") or []):
        dependency = _dependency(found, rule, (*here, "dependencies", j))
        if dependency is not None:
            question.dependencies.append(dependency)
    return question


def _dependency(found: QuestionSet, rule: Any, here: tuple[Any, ...]) -> Dependency | None:
    if not isinstance(rule, dict):
        found.skip(_path(here), _("A dependency needs a condition and an action."))
        return None
    for key in rule:
        if key not in ("type", "condition", "source", "action", "mapping_type"):
            found.skip(_path((*here, key)), _("A rule or remark that is not read."))
    condition = rule.get("condition") or rule.get("source")
    condition = condition if isinstance(condition, dict) else {}
    effect, operator = EFFECTS.get(str(rule.get("action"))), condition.get("operator", "any")
    if effect is None or operator not in OPERATORS or "id" not in condition:
        found.skip(_path(here), _("A dependency with an action, operator or source that is not known."))
        return None
    return Dependency(effect, str(condition["id"]), operator, condition.get("value"))


def _path(keys: tuple[Any, ...]) -> str:
    return "/".join(map(str, keys))
