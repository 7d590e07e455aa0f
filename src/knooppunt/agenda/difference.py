# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The difference between two editions: what only one of them has, and what changed in what both have.

Two actions are the same when the later one says that it follows up the earlier; else, within one agenda,
when they have the same number and much the same title; else when their titles are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from knooppunt.agenda import queries
from knooppunt.agenda.models import Action, Ownership
from knooppunt.agenda.states import Status
from knooppunt.agenda.wording import years

SAME_TITLE = 0.6


@dataclass(frozen=True)
class Change:
    """One field that differs, as words that were taken out and words that came in."""

    label: str
    html: SafeString


@dataclass(frozen=True)
class Pair:
    """An action in both editions, and its changes."""

    before: Action
    after: Action
    changes: list[Change]


@dataclass
class Difference:
    only_before: list[Action] = field(default_factory=list)
    only_after: list[Action] = field(default_factory=list)
    changed: list[Pair] = field(default_factory=list)
    same: list[Pair] = field(default_factory=list)


def compare(before: list[Action], after: list[Action], language: str) -> Difference:
    """Compare two editions' actions (from `queries.actions`), with texts in the reader's language."""
    matched = _match(before, after)
    taken = {action.pk for action in matched.values()}
    found = Difference(
        only_before=[action for action in before if action.pk not in taken],
        only_after=[action for action in after if action.pk not in matched],
    )
    for action in after:
        if other := matched.get(action.pk):
            pair = Pair(other, action, list(_changes(other, action, language)))
            (found.changed if pair.changes else found.same).append(pair)
    return found


def _match(before: list[Action], after: list[Action]) -> dict[int, Action]:
    """For each action of `after` that has one: its counterpart; nothing is matched twice."""
    matched: dict[int, Action] = {}
    for rule in (_follows_up, _same_number, _same_title):
        taken = {action.pk for action in matched.values()}
        for action in after:
            if action.pk in matched:
                continue
            other = next((b for b in before if b.pk not in taken and rule(b, action)), None)
            if other is not None:
                matched[action.pk] = other
                taken.add(other.pk)
    return matched


def _follows_up(before: Action, after: Action) -> bool:
    return any(target.pk == before.pk for target in after.contributes_to.all())


def _same_number(before: Action, after: Action) -> bool:
    same = before.number == after.number and before.edition.agenda_id == after.edition.agenda_id
    return same and any(
        SequenceMatcher(None, *titles).ratio() >= SAME_TITLE for titles in _titles(before, after)
    )


def _same_title(before: Action, after: Action) -> bool:
    return any(a == b for a, b in _titles(before, after))


def _titles(before: Action, after: Action) -> Iterable[tuple[str, str]]:
    for language in ("nl", "en"):
        titles = tuple(getattr(a, f"title_{language}").casefold() for a in (before, after))
        if all(titles):
            yield titles


def _changes(before: Action, after: Action, language: str) -> Iterable[Change]:
    for label, value in _fields(language):
        a, b = value(before), value(after)
        if a is not None and b is not None and a != b:
            yield Change(label, words(a, b))


def _fields(language: str) -> list[tuple[str, Callable[[Action], str | None]]]:
    """Labels and how to read them; None means: not said in this language, so not compared."""

    def text(name: str) -> Callable[[Action], str | None]:
        return lambda action: getattr(action, f"{name}_{language}") or None

    return [
        (_("Title"), text("title")),
        (_("Years"), years),
        (_("Certainty"), lambda action: _("possible") if action.tentative else _("planned")),
        (_("Carried out by"), lambda action: _owners(action, language)),
        (_("Description"), text("description")),
        (_("Subjects"), lambda action: ", ".join(_name(theme, language) for theme in action.themes.all())),
        (_("Own status"), _status),
    ]


def _owners(action: Action, language: str) -> str:
    doing = (Ownership.Role.LEAD, Ownership.Role.PARTNER)
    return ", ".join(_name(o.owner, language) for o in action.ownerships.all() if o.role in doing)


def _name(thing: Any, language: str) -> str:
    return getattr(thing, f"name_{language}") or thing.name_nl or thing.name_en


def _status(action: Action) -> str | None:
    status = queries.standing(action).self_status
    return str(Status(status).label) if status else None


def words(before: str, after: str) -> SafeString:
    """Both texts in one, word by word: `<del>` for what went out, `<ins>` for what came in."""
    a, b = before.split(), after.split()
    parts = []
    for kind, i, j, k, n in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(format_html("{}", " ".join(a[i:j])))
            continue
        if i < j:
            parts.append(format_html("<del>{}</del>", " ".join(a[i:j])))
        if k < n:
            parts.append(format_html("<ins>{}</ins>", " ".join(b[k:n])))
    return format_html_join(" ", "{}", ((part,) for part in parts))
