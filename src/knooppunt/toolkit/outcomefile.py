# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What one of our own instruments concludes from a file of answers, without a hub."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.catalogue.contentschema import did_you_mean
from knooppunt.toolkit import answering
from knooppunt.toolkit.contentcheck import CONTENT
from knooppunt.toolkit.instrumentcheck import load_instrument

SHORT = {"prescan": "dpia-prescan"}
NONE = "geen"  # the option for none of a list: in a file an empty list says the same


def conclude(name: str, path: Path) -> dict[str, Any]:
    """`outcome`, `reasons` and `criteria`; ValueError says which keys and values there are."""
    content = _instrument(SHORT.get(name, name))
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ValueError(_("There is no file %(file)s.") % {"file": path}) from error
    except ValueError as error:
        raise ValueError(_("%(file)s is no JSON: %(error)s") % {"file": path.name, "error": error}) from error
    if not isinstance(given, dict):
        raise ValueError(_("Give the answers as {question: answer}."))
    answers = _checked(content, given)
    language = "en" if get_language() == "en" else "nl"
    found = answering.outcomes(content, answers)
    if not found:
        raise ValueError(_("There is no answer in the file to a question that is asked."))
    return {
        "instrument": content["instrument"],
        "version": content["version"],
        "outcome": found[0].get("id", found[0]["title"][language]),
        "title": found[0]["title"][language],
        "text": found[0]["text"][language],
        "reasons": [text[language] for text in found[0].get("because", [found[0]["text"]])],
        "criteria": answering.counted(content, answers),
    }


def _instrument(slug: str) -> dict[str, Any]:
    files = {file.stem: file for file in sorted((CONTENT / "instruments").glob("*.yaml"))}
    if slug not in files:
        message = _("There is no instrument '%(id)s'.") % {"id": slug}
        raise ValueError(f"{message} {_allowed(list(files))}")
    return load_instrument(files[slug]).data


def _checked(content: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    asked = {question["id"]: question for question in answering.questions(content)}
    answers = {}
    for key, value in given.items():
        if key not in asked:
            message = _("There is no question '%(id)s'.") % {"id": key}
            raise ValueError(f"{message} {did_you_mean(key, sorted(asked))} {_allowed(list(asked))}")
        answers[key] = _answer(asked[key], value)
    return answers


def _answer(question: dict[str, Any], value: Any) -> Any:
    """The answer as a form keeps it; ValueError names the values that may be given."""
    options = [option["value"] for option in question.get("options", [])]
    values = value if isinstance(value, list) and question["kind"] == "multiple" else [value]
    for one in values:
        if not isinstance(one, str) or (options and one not in options):
            message = _("'%(value)s' is no answer to '%(id)s'.") % {"value": one, "id": question["id"]}
            raise ValueError(f"{message} {_allowed(options)}" if options else message)
    if question["kind"] == "multiple":
        return values or [option for option in options if option == NONE]
    return answering.clean(question, value)


def _allowed(values: list[str]) -> str:
    return _("Allowed: %(values)s.") % {"values": ", ".join(values)}
