# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where somebody lives: a street with a number, and a postcode."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knooppunt.redaction.model import Finding, Kind, Rule

STREET = (
    "straat|laan|weg|plein|gracht|kade|dijk|hof|singel|pad|steeg|plantsoen|dreef|markt|wal|dwarsstraat|"
    "park|baan|burgwal|haven|veld|akker|brink|ring|erf|oever|voorhout|vest|plantage|boulevard|allee|weide|"
    "heuvel|horst|meent|warande|schans|terras|hoek"
)
_WORD = r"[A-ZÀ-Þ][\w'’.-]{0,40}"
_LINKS = r"(?:(?:van|de|der|den|het|'t) ){0,3}"
# A house number with what may follow it: 12, 12a, 12-2, 7 A-2, 54-III, 123 bis, 15 hs.
_NUMBER = (
    r"\d{1,5}(?:[ -]?[a-zA-Z](?:[ -]\d{1,3})?(?!\w)|[ -]\d{1,4}(?!\w)|"
    r"[ -]?(?:bis|hs|huis|rood|zw|rd|[IVX]{1,4})(?!\w))?(?!\w)"
)
_DUTCH = re.compile(
    rf"(?<!\w)(?:\d{{1,2}}e )?(?:{_WORD} (?:(?:van|de|der|den|het|'t) ){{0,2}}){{0,3}}"
    rf"(?:(?:'s-)?[A-ZÀ-Þ][\w'’-]{{0,40}}(?:{STREET})|(?:{STREET.title()})) {_NUMBER}"
)
# Where the kind of street stands first: Laan van Voorbeeld 12, Plein 1944 12.
_KIND_FIRST = re.compile(
    rf"(?<!\w)(?:{STREET.title()}) "
    rf"(?:(?:van|de|der|den|het|'t) {_LINKS}{_WORD}(?: {_WORD}){{0,2}}|1[89]\d\d) {_NUMBER}"
)
# Any name with a number, after words that say that somebody lives or is there.
_AFTER_WORDS = re.compile(
    r"(?<!\w)(?:[Ww]oon(?:t|de|achtig)?(?: al \w+)? (?:aan|op|in)(?: de| het)?|[Ww]onend (?:aan|op|te)|"
    r"[Aa]dres(?: is|:)|[Hh]uis(?: staat aan(?: de| het)?|:)|[Bb]ezorg(?:en)?(?: het)? (?:bij|op|aan)) "
    rf"({_WORD}(?: {_LINKS}{_WORD}){{0,3}} {_NUMBER})"
)
_ENGLISH = re.compile(
    rf"(?<!\w)\d{{1,5}}[a-z]? (?:{_WORD} ){{1,3}}(?:Street|Road|Avenue|Lane|Drive|Square|Court)(?!\w)"
)
# Whatever the street is called: a number with a postcode behind it.
_BY_POSTCODE = re.compile(
    rf"(?<!\w)(?!Postbus|Antwoordnummer){_WORD}(?: (?:(?:van|de|der|den|het|'t) ){{0,2}}{_WORD}){{0,2}} "
    r"\d{1,5}(?:[ -]?[a-zA-Z0-9]{1,3})?(?=,? ?[1-9]\d{3} ?[A-Z]{2}(?!\w))"
)
_POSTCODE = re.compile(r"(?<![\w.-])[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}(?!\w)")
_ORGANISATION = re.compile(
    r"\b(?:[Bb]ezoekadres|[Pp]ostadres|[Vv]isiting address|[Pp]ostal address)[: ]{1,3}[^\n]{0,40}$"
)
_BEFORE = re.compile(r"(?:\b[Aa]rt(?:ikel|icle|ikelen|\.)|\b[Pp]ostbus \d{1,6},) $")
_HOUSE = re.compile(r"[ ,]{1,3}(?:\d{1,5}\b|[A-Z][a-z])")


def places(text: str) -> Iterator[Finding]:
    """Every street with a number and every postcode."""
    for pattern in (_DUTCH, _KIND_FIRST, _BY_POSTCODE, _ENGLISH):
        for match in pattern.finditer(text):
            if _is_of_organisation(text, match.start()):
                continue
            yield Finding(Kind.ADDRESS, *match.span(), match[0], Rule.STREET, 0.9)
    for match in _AFTER_WORDS.finditer(text):
        yield Finding(Kind.ADDRESS, *match.span(1), match[1], Rule.LIVES, 0.85)
    for match in _POSTCODE.finditer(text):
        if _BEFORE.search(text, max(match.start() - 20, 0), match.start()):
            continue  # an article of law, or a post office box: organisations have those
        if _is_of_organisation(text, match.start()):
            continue
        if not _looks_like_year(match[0]) or _HOUSE.match(text, match.end()):
            yield Finding(Kind.POSTCODE, *match.span(), match[0], Rule.POSTCODE, 0.85)


def _is_of_organisation(text: str, start: int) -> bool:
    """Whether the words before tell where an organisation can be visited or written to."""
    return bool(_ORGANISATION.search(text[max(start - 60, 0) : start]))


def _looks_like_year(code: str) -> bool:
    """*2021 EU* may be a year and a word; a postcode without space is none."""
    return " " in code and "1900" <= code[:4] <= "2099"
