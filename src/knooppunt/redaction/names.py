# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names of persons, by the words around them and a list of common first names: no model, so not all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from simplemma import is_known

from knooppunt.redaction.model import Finding, Kind, Rule
from knooppunt.redaction.places import STREET

_LETTERS = [chr(code) for code in (*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x180))]
_UPPER = "".join(letter for letter in _LETTERS if letter.isupper())
_LOWER = "".join(letter for letter in _LETTERS if letter.islower())
_WORD = rf"[{_UPPER}][{_LOWER}]{{1,30}}"
_CAP = rf"(?:[A-Z]['’])?{_WORD}(?:-{_WORD})?(?!\w)"
_LINK = (
    r"(?:(?:van|von|de|den|der|ten|ter|te|'t|’t|'s|el|al|di|da|dos|du|la|le|bin|ben|"
    r"(?:aan|in|op|uit)(?= (?:de|den|der|het|'t|’t)\b)|v\.? ?d\.|v/d|vd|v\.|Van|De|Den|Der|Ter|El)[ -])"
)
_INITIALS = r"(?:[A-Z]\.(?: ?[A-Z]\.){0,4} ?)"
# The part after a hyphen may have words of its own: Van den Brink-de Wit.
_SURNAME = rf"(?:{_LINK}{{0,3}}{_CAP}(?:-{_LINK}{{1,3}}{_CAP})?)"
_FULL = rf"(?:{_INITIALS}{_SURNAME}|{_CAP}(?: {_SURNAME}){{0,2}}|{_SURNAME})"
_TITLE = re.compile(
    r"(?<!\w)(?:[Hh]eer|[Dd]hr\.?|[Mm]eneer|[Mm]evrouw|[Mm]evr\.?|[Mm]w\.?|[Ff]amilie|[Ff]am\.|"
    r"Mr\.?|Mrs\.?|Ms\.?|Miss|[Cc]ouncillor|"
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
_PEOPLE = (
    r"[Cc]ollega|[Bb]uurman|[Bb]uurvrouw|[Ll]eerling|[Cc]li[eë]nt|[Pp]ati[eë]nt|"
    r"[Cc]olleague|[Nn]eighbour|[Pp]atient"
)
_ROLES_OF = (
    r"[Aa]mbtenaar|[Mm]edewerk(?:er|ster)|[Aa]dviseur|[Oo]nderzoek(?:er|ster)|[Ii]nwo(?:ner|onster)|[Kk]lant|"
    r"[Zz]oon|[Dd]ochter|[Vv]ader|[Mm]oeder|[Pp]artner|[Ee]chtgeno(?:ot|te)|[Kk]lager|[Mm]elder|[Vv]erzoeker|"
    r"[Cc]lient|[Rr]esident|[Ss]on|[Dd]aughter|[Hh]usband|[Ww]ife|[Oo]fficer"
)
_LEADS = (
    r"[Tt]en name van|[Tt]\.?n\.?v\.?|[Nn]amens|[Oo]n behalf of|[Ii]k ben|I am|[Vv]roeg aan|"
    r"[Ss]prak(?:en)? met|[Gg]esproken met|[Cc]ontact met|[Ss]poke (?:to|with)"
)
# Organisations are clients and have advisers too, so there a name has two parts; a colleague is a person.
_ROLE = re.compile(
    rf"(?<!\w)(?:(?:(?:{_PEOPLE}|{_ROLES_OF})(?: is|,)?|{_LEADS}) ({_CAP} {_SURNAME}(?: {_SURNAME})?)"
    rf"|(?:{_PEOPLE}) ({_CAP}))"
)
_BY_INITIALS = re.compile(rf"(?<![\w.])({_INITIALS}{_SURNAME})")
_FIRST = re.compile(rf"(?<![\w-]){_CAP}")
_REST = re.compile(rf"(?: {_SURNAME}){{0,2}}")
_ABBREVIATION = re.compile(r"^(?:B\. ?V\.|N\. ?V\.|V\. ?O\. ?F\.|U\. ?S\.|U\. ?K\.|E\. ?U\.|A\. ?I\.)")
_LETTERED = re.compile(
    r"(?:onder|sub|lid|letter|bijlage|appendix|annex|point|punt|deel|part|optie|option) $", re.I
)
_AFTER = re.compile(
    rf"^[ -]?(?:[a-z]*(?:{STREET})\b|[A-Z][a-z]+(?:{STREET})\b|"
    r" (?:I{1,3}|IV|VI{0,3})\b| (?:&|en) (?:Zonen|Zoon|Dochters|Partners|[Cc]o)\b| (?:[BN]\.?V|V\.?O\.?F)\b|"
    r" ?(?:Theater|Stadion|Stadium|Vereniging|Kliniek|Academie|Academy|Advies|Groep|"
    r"Stichting|Foundation|Huis|House|Ziekenhuis|Hospital|College|School|Universiteit|University|"
    r"Instituut|Institute|Fonds|Fund|Museum|Lyceum|Prijs|Award|Aren[aA]|Bank|Group)\b)"
)
_BEFORE = re.compile(
    r"(?:[Ff]irma|[Bb]edrijf|[Vv]ereniging|Theater|Stadion|"
    r"Stichting|Gemeente|gemeente|Provincie|provincie|Ministerie van|Wet|Sint|St\.|Fonds|Bureau|College|"
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
    yield from _by_role(text)
    yield from _by_initials(text)
    yield from _by_list(text)


def _by_role(text: str) -> Iterator[Finding]:
    """A name after a word for a person starts with no common word: *collega Burgerzaken* is a department."""
    for match in _ROLE.finditer(text):
        name = match[1] or match[2]
        start, end = match.span(1 if match[1] else 2)
        first = name.split()[0]
        if first not in first_names() and is_known(first.lower(), lang=("nl", "en")):
            continue
        if _may_be_person(name) and not _AFTER.match(text[end : end + 30]):
            yield Finding(Kind.NAME, start, end, name, Rule.ROLE, 0.7 if match[1] else 0.5)


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
        if match.start() < end or match[0].partition("-")[0] not in first_names():
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
