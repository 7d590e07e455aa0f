# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Is this content an edition? First the shape (JSON Schema), then what a schema cannot say.

Every error names file and line, what is wrong and what to write instead, in the active language.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from knooppunt.catalogue.contentfile import ContentError, Document, Keys, Problem, read
from knooppunt.catalogue.contentschema import Shape, texts

CONTENT = Path(__file__).parent / "content"
ADVICE_FOR_PATTERN = {
    "slug": lambda: _("Use small letters, digits and hyphens: 'gemeente-breda'."),
    "id": lambda: _("Use digits, with at most two letters before them: '3.10' or 'B1'."),
    "date": lambda: _("Write year and month, or year, month and day: 2019-02 or 2019-02-28."),
    "url": lambda: _("Write the whole address: https://…"),
    "contributes_to": lambda: _(
        "Write the key of the edition, a slash and the action: nl-digitaal-2019/4.6."
    ),
}
SHAPE = Shape(CONTENT / "edition.schema.json", ADVICE_FOR_PATTERN)


def load(path: Path) -> Document:
    """The checked document of a file or folder; raises ContentError with all problems found."""
    document = read(path)
    check(document)
    return document


def check(document: Document) -> None:
    """Raise ContentError unless the document is an edition."""
    problems = list(SHAPE.problems(document))
    if not problems:
        problems = [problem for rule in RULES for problem in rule(document)]
    if problems:
        raise ContentError(problems)


def translations(document: Document) -> Iterator[Problem]:
    """Every text is there in each language that the edition promises."""
    languages = document.data["edition"]["languages"]
    for keys, text in texts(document.data):
        for language in languages:
            if not str(text.get(language, "")).strip():
                message = _("The text in '%(language)s' is missing.") % {"language": language}
                advice = _("Add '%(language)s:', or take it out of edition.languages.") % {
                    "language": language
                }
                yield document.problem(keys, message, advice)


def unique_ids(document: Document) -> Iterator[Problem]:
    """No two chapters, actions, budget lines or contradictions have the same id."""
    for keys, items in _lists(document):
        seen: dict[str, int] = {}
        for i, item in enumerate(items):
            if item["id"] in seen:
                first = document.places[*keys, seen[item["id"]]]
                message = _("The id '%(id)s' is also used in %(file)s, line %(line)s.") % {
                    "id": item["id"],
                    "file": first[0],
                    "line": first[1],
                }
                yield document.problem((*keys, i, "id"), message, _("Give each its own id."))
            seen.setdefault(item["id"], i)


def _lists(document: Document) -> Iterator[tuple[Keys, list[dict[str, Any]]]]:
    data = document.data
    for name in ("chapters", "actions", "contradictions"):
        yield (name,), data.get(name, [])
    yield ("budget", "lines"), data.get("budget", {}).get("lines", [])


def references(document: Document) -> Iterator[Problem]:
    """Owners, themes, chapters and actions that are named also exist."""
    data = document.data
    owners, themes = list(data.get("owners", {})), list(data.get("themes", {}))
    chapters = [c["id"] for c in data.get("chapters", [])]
    actions = [a["id"] for a in data["actions"]]
    yield from _known(
        document, ("edition", "organisation"), [data["edition"]["organisation"]], owners, "owners"
    )
    for i, action in enumerate(data["actions"]):
        for role in ("lead", "partners", "commissioned_by"):
            yield from _known(document, ("actions", i, role), action.get(role, []), owners, "owners")
        yield from _known(document, ("actions", i, "themes"), action.get("themes", []), themes, "themes")
        if "chapter" in action:
            yield from _known(document, ("actions", i, "chapter"), [action["chapter"]], chapters, "chapters")
    for keys, items in _lists(document):
        if keys in {("contradictions",), ("budget", "lines")}:
            for i, item in enumerate(items):
                names = item.get("actions", [])
                yield from _known(document, (*keys, i, "actions"), names, actions, "actions")


def _known(
    document: Document, keys: Keys, names: list[str], known: list[str], where: str
) -> Iterator[Problem]:
    for i, name in enumerate(names):
        if name not in known:
            message = _("'%(name)s' is not in '%(where)s'.") % {"name": name, "where": where}
            close = get_close_matches(name, known, n=1, cutoff=0.6)
            advice = _("Add it to '%(where)s' or correct the name.") % {"where": where}
            if close:
                advice = _("Did you mean '%(word)s'?") % {"word": close[0]}
            yield document.problem((*keys, i), message, advice)


def years(document: Document) -> Iterator[Problem]:
    """An action does not end before it starts."""
    for i, action in enumerate(document.data["actions"]):
        if action.get("end", action["start"]) < action["start"]:
            message = _("The end year %(end)s is before the start year %(start)s.") % {
                "end": action["end"],
                "start": action["start"],
            }
            yield document.problem(("actions", i, "end"), message, _("Change one of the two years."))


def totals(document: Document) -> Iterator[Problem]:
    """Amounts stand in years of the budget, and each total is the sum of its lines."""
    budget = document.data.get("budget")
    if not budget:
        return
    known = [str(year) for year in budget["years"]]
    for i, line in enumerate(budget["lines"]):
        for kind in ("planned", "committed", "spent"):
            for year in set(line.get(kind, {})) - set(known):
                keys = ("budget", "lines", i, kind, year)
                message = _("The year %(year)s is not in budget.years.") % {"year": year}
                yield document.problem(
                    keys, message, _("Choose from: %(words)s.") % {"words": ", ".join(known)}
                )
    for year, stated in budget.get("totals", {}).items():
        total = sum(line["planned"].get(year, 0) for line in budget["lines"])
        if total != stated:
            message = _("The lines of %(year)s add up to %(sum)s, not %(stated)s.") % {
                "year": year,
                "sum": total,
                "stated": stated,
            }
            yield document.problem(("budget", "totals", year), message, _("Correct a line or the total."))


RULES = (translations, unique_ids, references, years, totals)
