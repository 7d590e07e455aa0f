# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names of persons, by the words around them and a list of common first names: no model, so not all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from knooppunt.helpdesk.redaction.model import Finding, Kind, Rule
from knooppunt.helpdesk.redaction.places import STREET

_CAP = r"(?:[A-Z]['’])?[A-ZÀ-Þ][a-zß-ÿ]{1,30}(?:-[A-ZÀ-Þ][a-zß-ÿ]{1,30})?(?!\w)"
_LINK = (
    r"(?:(?:van|von|de|den|der|ten|ter|te|'t|’t|el|al|di|da|du|la|le|bin|ben|op|in|"
    r"Van|De|Den|Der|Ter|El)[ -])"
)
_INITIALS = r"(?:[A-Z]\.(?: ?[A-Z]\.){0,4} ?)"
_SURNAME = rf"(?:{_LINK}{{0,3}}{_CAP}|{_LINK}{{1,3}}{_CAP})"
_FULL = rf"(?:{_INITIALS}{_SURNAME}|{_CAP}(?: {_SURNAME}){{0,2}}|{_SURNAME})"
_TITLE = re.compile(
    r"(?<!\w)(?:[Hh]eer|[Dd]hr\.?|[Mm]eneer|[Mm]evrouw|[Mm]evr\.?|[Mm]w\.?|Mr\.?|Mrs\.?|Ms\.?|Miss|"
    r"[Dd]r\.|[Dd]rs\.|[Ii]r\.|[Ii]ng\.|[Pp]rof\.)"
    rf"(?: (?:mr|dr|drs|ir|ing|prof)\.){{0,3}} ({_FULL})"
)
_GREETING = re.compile(
    rf"(?:^|(?<=\n)|(?<=[.!?] ))(?:Beste|Hallo|Hoi|Dag|Lieve|Dear|Hi|Hello|Geachte)[ ]({_FULL})(?=[,!:\n]|$)"
)
_SIGNATURE = re.compile(
    r"(?:(?<!\w)(?:[Mm]et vriendelijke groet(?:en)?|[Vv]riendelijke groet(?:en)?|[Gg]roet(?:en|jes)?|"
    r"Hoogachtend|[Mm]vg|[Kk]ind regards|[Bb]est regards|[Rr]egards|[Yy]ours sincerely|[Bb]est wishes|"
    rf"[Mm]any thanks)[,.]?[ ]*(?:\r?\n){{0,3}}[ ]*)({_FULL})(?=[ ]*(?:[,\n]|\r|$|\.$))"
)
_INTRODUCED = re.compile(
    r"(?<!\w)(?:[Mm]ijn naam is|[Ii]k heet|[Mm]y name is|[Nn]aam:|[Nn]ame:|[Cc]ontactpersoon(?: is|:)|"
    rf"[Cc]ontact person(?: is|:)|[Aa]anvrager:|[Aa]pplicant:|[Gg]etekend door|[Ss]igned by) ({_FULL})"
)
_BY_INITIALS = re.compile(rf"(?<![\w.])({_INITIALS}{_SURNAME})")
_FIRST = re.compile(rf"(?<![\w-]){_CAP}")
_REST = re.compile(rf"(?: {_SURNAME}){{0,2}}")
_ABBREVIATION = re.compile(r"^(?:B\. ?V\.|N\. ?V\.|V\. ?O\. ?F\.|U\. ?S\.|U\. ?K\.|E\. ?U\.|A\. ?I\.)")
_LETTERED = re.compile(
    r"(?:onder|sub|lid|letter|bijlage|appendix|annex|point|punt|deel|part|optie|option) $", re.I
)
_AFTER = re.compile(
    rf"^[ -]?(?:[a-z]*(?:{STREET})\b|[A-Z][a-z]*(?:{STREET})\b|"
    r" ?(?:Stichting|Foundation|Huis|House|Ziekenhuis|Hospital|College|School|Universiteit|University|"
    r"Instituut|Institute|Fonds|Fund|Museum|Lyceum|Prijs|Award|Arena|Bank|Group)\b)"
)
_BEFORE = re.compile(
    r"(?:Stichting|Gemeente|gemeente|Provincie|provincie|Ministerie van|Wet|Sint|St\.|Fonds|Bureau|College|"
    r"Foundation|Waterschap|Universiteit|University of|Verdrag van|Treaty of|Instituut|Hotel|Port|"
    r"stad|plaats|city of|town of) $"
)
_ROLES = frozenset(
    """
    collega collegas lezer lezers redactie helpdesk team allen allemaal iedereen heer mevrouw
    knooppunt gemeente griffie ministerie college raad commissie bestuur afdeling directie
    functionaris privacy data colleague colleagues reader readers editors all everyone sir madam
    desk support help board council ministry department committee municipality minister
    staatssecretaris burgemeester wethouder secretary mayor officer het een the dames heren
    adviseur advisor namens staten kamer tweede eerste informatiepunt waterschap provincie
    vereniging stichting
    """.split()  # noqa: SIM905 - a list of a hundred words reads worse
)


@cache
def first_names() -> frozenset[str]:
    """Common first names that are no common word at the same time."""
    lines = (Path(__file__).parent / "first_names.txt").read_text("utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


def names(text: str) -> Iterator[Finding]:
    """Every proposal of a name: by the words around it, by initials, by the list of first names."""
    for pattern, rule, confidence in (
        (_TITLE, Rule.TITLE, 0.95),
        (_GREETING, Rule.GREETING, 0.9),
        (_SIGNATURE, Rule.SIGNATURE, 0.9),
        (_INTRODUCED, Rule.INTRODUCED, 0.95),
    ):
        for match in pattern.finditer(text):
            if _may_be_person(match[1]):
                yield Finding(Kind.NAME, *match.span(1), match[1], rule, confidence)
    yield from _by_initials(text)
    yield from _by_list(text)


def _by_initials(text: str) -> Iterator[Finding]:
    for match in _BY_INITIALS.finditer(text):
        before, after = text[max(match.start() - 20, 0) : match.start()], text[match.end() : match.end() + 30]
        if _ABBREVIATION.match(match[1]) or _LETTERED.search(before) or _AFTER.match(after):
            continue
        if _is_street(match[1]) or not _may_be_person(match[1].rsplit(".", 1)[-1].strip()):
            continue
        yield Finding(Kind.NAME, *match.span(1), match[1], Rule.INITIALS, 0.85)


def _by_list(text: str) -> Iterator[Finding]:
    end = 0
    for match in _FIRST.finditer(text):
        if match.start() < end or match[0] not in first_names():
            continue
        rest = _REST.match(text, match.end())
        end = rest.end() if rest else match.end()
        name = text[match.start() : end]
        before, after = text[max(match.start() - 20, 0) : match.start()], text[end : end + 30]
        if _BEFORE.search(before) or any(_AFTER.match(part) for part in (after, *_tails(name))):
            continue
        if not _is_street(name):
            confidence = 0.8 if name != match[0] else 0.5
            yield Finding(Kind.NAME, match.start(), end, name, Rule.FIRST_NAME, confidence)


def _tails(name: str) -> list[str]:
    """Every end of a name from a space on: *Johan Cruijff Arena* ends like an organisation."""
    return [name[i:] for i, sign in enumerate(name) if sign == " "]


def _may_be_person(found: str) -> bool:
    return not _ROLES.intersection(found.lower().split())


def _is_street(found: str) -> bool:
    return bool(re.search(rf"(?:{STREET})$", found, re.I)) and len(found.split()[-1]) > 6
