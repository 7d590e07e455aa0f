# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sentence of each rule in Dutch and English: what is wrong, and what to do."""

from __future__ import annotations

from typing import Final

from bronnen.check.model import Message
from bronnen.check.tables import table
from bronnen.check.vocabularies import vocabulary

_FORMS: Final = {
    "min": ("{Class} heeft geen {name}. {do}", "{Class} has no {name}. {do}"),
    "advised": (
        "{Class} heeft geen {name}; dat wordt aanbevolen. {do}",
        "{Class} has no {name}, which is recommended. {do}",
    ),
    "max": (
        "{Class} heeft meer dan één {name}. Houd er één over in {path}.",
        "{Class} has more than one {name}. Keep one in {path}.",
    ),
    "literal": (
        "Bij {class_} is “{name}” een verwijzing, waar tekst hoort. {do}",
        "With {class_}, “{name}” is a reference where text belongs. {do}",
    ),
    "resource": (
        "Bij {class_} is “{name}” tekst, waar een verwijzing (IRI) hoort. {do}",
        "With {class_}, “{name}” is text where a reference (IRI) belongs. {do}",
    ),
    "datatype": (
        "Bij {class_} heeft “{name}” niet de vorm van {expected}. {do}",
        "With {class_}, “{name}” does not have the form of {expected}. {do}",
    ),
    "temporal": (
        "Bij {class_} is “{name}” geen bestaande datum met een datumtype. {do}",
        "With {class_}, “{name}” is no existing date with a type of date. {do}",
    ),
    "range": (
        "Bij {class_} verwijst “{name}” naar iets dat niet als {range} is beschreven. "
        "Geef dat de klasse {expected}, of verwijs naar iets dat die klasse heeft.",
        "With {class_}, “{name}” refers to something that is not described as {range}. "
        "Give that the class {expected}, or refer to something that has this class.",
    ),
    "vocabulary": (
        "Bij {class_} staat de waarde van “{name}” niet in de lijst van {list}. Kies er een uit {expected}.",
        "With {class_}, the value of “{name}” is not in the list of {list}. Choose one from {expected}.",
    ),
    "deprecated": (
        "{Class} gebruikt {path}, dat is verouderd. {do}",
        "{Class} uses {path}, which is out of date. {do}",
    ),
}


def message(class_: str, path: str, constraint: str, expected: str = "", list_: str = "") -> Message:
    """The sentences of a rule about a property of a class."""
    return Message(*(_say(language, class_, path, constraint, expected, list_) for language in ("nl", "en")))


def _say(language: str, class_: str, path: str, constraint: str, expected: str, list_: str) -> str:
    words = table("words")
    name = words["classes"][class_][language]
    about = words["properties"][path]
    range_ = words["classes"].get(expected, {}).get(language, "").partition(" ")[2]
    return _FORMS[constraint][language == "en"].format(
        Class=name[0].upper() + name[1:],
        class_=name,
        name=about[language],
        do=about[f"do_{language}"],
        path=path,
        expected=expected,
        range=range_,
        list=vocabulary(list_).titles[language] if list_ else "",
    )
