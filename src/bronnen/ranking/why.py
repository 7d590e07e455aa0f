# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""The reasons of a ranking as a sentence."""

from bronnen.ranking.model import Id, Match, Ranked

_FIELDS = {
    "nl": {"title": "titel", "summary": "samenvatting", "text": "tekst"},
    "en": {"title": "title", "summary": "summary", "text": "text"},
}
_OTHER_LANGUAGE = {"nl": {"en": "Engelse {field}"}, "en": {"nl": "Dutch {field}"}}
_ROUTES = {
    "nl": {
        "exact": "“{found}” staat in de {field}",
        "stem": "“{found}” (vorm van “{asked}”) staat in de {field}",
        "part": "“{asked}” zit in “{found}” in de {field}",
        "split": "“{found}” (de delen van “{asked}”) staat in de {field}",
        "likeness": "“{found}” (deels gelijk aan “{asked}”) staat in de {field}",
        "synonym": "“{found}” (ander woord voor “{asked}”) staat in de {field}",
        "translation": "“{found}” (vertaling van “{asked}”) staat in de {field}",
        "cognate": "“{found}” (lijkt op “{asked}”) staat in de {field}",
    },
    "en": {
        "exact": "“{found}” is in the {field}",
        "stem": "“{found}” (a form of “{asked}”) is in the {field}",
        "part": "“{asked}” is part of “{found}” in the {field}",
        "split": "“{found}” (the parts of “{asked}”) is in the {field}",
        "likeness": "“{found}” (shares letters with “{asked}”) is in the {field}",
        "synonym": "“{found}” (another word for “{asked}”) is in the {field}",
        "translation": "“{found}” (a translation of “{asked}”) is in the {field}",
        "cognate": "“{found}” (resembles “{asked}”) is in the {field}",
    },
}
_NOTHING = {"nl": "Geen woord van de vraag gevonden.", "en": "No word of the question was found."}
_MISSING = {"nl": "Niet gevonden: {words}.", "en": "Not found: {words}."}
MOST_REASONS = 3


def sentence(result: Ranked[Id], lang: str, *, missing: bool = True) -> str:
    """Why a result was found, in Dutch ("nl") or English ("en"): the best reasons, then what is missing.

    Of a whole description most words are missing everywhere: leave them out with `missing=False`.
    """
    reasons = _best(result)
    if not reasons:
        return _NOTHING[lang]
    text = "; ".join(_reason(match, lang) for match in reasons[:MOST_REASONS])
    lacks = result.missing[:5] if missing else ()
    ending = " " + _MISSING[lang].format(words=", ".join(lacks)) if lacks else ""
    return text[0].upper() + text[1:] + "." + ending


def _best(result: Ranked[Id]) -> list[Match]:
    """The strongest reason for each word asked."""
    told: set[str] = set()
    best = []
    for match in result.matches:
        asked = set(match.asked.split())
        if asked <= told:
            continue
        told |= asked
        best.append(match)
    return best


def _reason(match: Match, lang: str) -> str:
    field = _FIELDS[lang].get(match.field, match.field)
    if match.lang != lang:
        field = _OTHER_LANGUAGE[lang].get(match.lang, "{field}").format(field=field)
    return _ROUTES[lang][match.route].format(found=match.found, asked=match.asked, field=field)
