# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Personal data with a form of its own: e-mail, phone, bank account, citizen number, date of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knooppunt.redaction.model import Finding, Kind, Rule

# Also as people write it to keep machines out: name [at] example.nl, name (at) example (dot) nl.
_AT, _DOT = r"(?: {0,2}@ {0,2}| ?[\[(](?:at|apenstaartje)[\])] ?)", r"(?:\.| ?[\[(](?:dot|punt)[\])] ?)"
_EMAIL = re.compile(
    rf"(?<![\w.+-])[\w.+'-]{{1,64}}{_AT}(?:[\w-]{{1,63}}{_DOT}){{1,8}}[^\W\d_]{{2,24}}(?![\w-])", re.I
)
# In words: naam at voorbeeld punt nl.
_SPELLED = re.compile(
    r"(?<![\w.+-])[\w+'-]{1,40}(?:(?: (?:punt|dot) |\.)[\w+'-]{1,40}){0,3} (?:at|apenstaartje) "
    r"[\w-]{1,63}(?: (?:punt|dot) [\w-]{2,63}){1,3}(?![\w-])",
    re.I,
)
# A country number or a zero, then nine digits in the groups that people write.
_PHONE = re.compile(
    r"(?<![\w+/-])(?:(?:\+|00)[1-9]\d{0,2}[ .-]?(?:\(0\)[ .-]?)?|0|\(0)(?:[ ./()–-]{0,3}\d){8,10}(?![\w])"
)
_INTERNATIONAL = re.compile(r"(?:\+|00)[1-9]")
_SERVICE = re.compile(r"^(?:0800|0900|0906|0909)")
_NINE = re.compile(
    r"(?<![\w.,-])(?:\d{9}|\d{4}[. -]\d{2}[. -]\d{3}|\d{3}[. -]\d{3}[. -]\d{3})(?![\w]|[.,-]\d)"
)
_EIGHT = re.compile(r"(?<![\w.,-])\d{8}(?![\w]|[.,-]\d)")
_CITIZEN_WORD = re.compile(r"\b(?:bsn|burgerservicenummers?|sofinummer|citizen (?:service )?number)\b", re.I)
_OTHER_NUMBER = re.compile(
    r"\b(?:rsin|oin|kvk|zaak\w*|dossier\w*|kenmerk|factuur\w*|order\w*|case|invoice|reference|btw)"
    r"(?:[ -]?(?:nummers?|number|nr|no)\b\.?)?[ :#]{0,3}(?:is |was )?$",
    re.I,
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2})(\d{2})(?=[ .-]?[A-Za-z0-9])")
_REST = r"(?:[ .-]?[A-Za-z0-9]){{{}}}(?![A-Za-z0-9])"
# Length of an IBAN per country (ISO 13616 registry).
_IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22,
    "BI": 27, "BR": 29, "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DJ": 27,
    "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18, "FK": 18, "FO": 18, "FR": 27,
    "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HN": 28, "HR": 21, "HU": 28,
    "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28,
    "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22,
    "MK": 19, "MN": 20, "MR": 27, "MT": 31, "MU": 30, "NI": 28, "NL": 18, "NO": 15, "OM": 23,
    "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "RU": 33, "SA": 24,
    "SC": 31, "SD": 18, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "SO": 23, "ST": 25, "SV": 28,
    "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20, "YE": 30,
}  # fmt: skip
_MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "january|february|march|may|june|july|august|october"
)
_BIRTH = re.compile(
    r"\b(?:geboren|geboortedatum|geb\.|born|date of birth|dob)[ :]{0,3}(?:(?:is|op|on|in \w{1,30} op)[ ])?"
    rf"(\d{{1,2}}[-/. ]\d{{1,2}}[-/. ]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}} (?:{_MONTHS}) \d{{4}})",
    re.I,
)
BEFORE = 40


def numbers(text: str) -> Iterator[Finding]:
    """Every proposal that stands on the form of a number or address."""
    yield from _emails(text)
    yield from _phones(text)
    yield from _ibans(text)
    yield from _citizen_numbers(text)
    for match in _BIRTH.finditer(text):
        yield _finding(Kind.BIRTH_DATE, text, *match.span(1), Rule.BORN, 0.95)


def _emails(text: str) -> Iterator[Finding]:
    for pattern, confidence in ((_EMAIL, 0.99), (_SPELLED, 0.85)):
        for match in pattern.finditer(text):
            yield _finding(Kind.EMAIL, text, *match.span(), Rule.EMAIL, confidence)


def _phones(text: str) -> Iterator[Finding]:
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        national = not _INTERNATIONAL.match(match[0])
        lengths = (10, 11) if " " in match[0] else (10,)  # in groups also eleven: a British number
        if (
            _SERVICE.match(digits)
            or (national and (len(digits) not in lengths or digits.startswith("00")))
            or _other_number(text, match.start())
        ):
            continue
        yield _finding(Kind.PHONE, text, *match.span(), Rule.PHONE, 0.9)


def _ibans(text: str) -> Iterator[Finding]:
    for match in _IBAN.finditer(text):
        length = _IBAN_LENGTHS.get(match[1].upper(), 0)
        found = re.compile(_REST.format(max(length - 4, 1))).match(text, match.end())
        if length and found and is_iban(text[match.start() : found.end()]):
            yield _finding(Kind.IBAN, text, match.start(), found.end(), Rule.IBAN, 0.99)


def is_iban(text: str) -> bool:
    """Whether the check digits are right: ISO 7064, the remainder of division by 97 is 1."""
    code = re.sub(r"[ .-]", "", text).upper()
    return int("".join(str(int(sign, 36)) for sign in code[4:] + code[:4])) % 97 == 1


def _citizen_numbers(text: str) -> Iterator[Finding]:
    for match in _NINE.finditer(text):
        named = bool(_CITIZEN_WORD.search(text, max(match.start() - BEFORE, 0), match.start()))
        if passes_eleven(re.sub(r"\D", "", match[0])) and not _other_number(text, match.start()):
            yield _finding(Kind.CITIZEN_NUMBER, text, *match.span(), Rule.ELEVEN, 0.98 if named else 0.7)
    for match in _EIGHT.finditer(text):
        if _CITIZEN_WORD.search(text, max(match.start() - BEFORE, 0), match.start()) and passes_eleven(
            "0" + match[0]
        ):
            yield _finding(Kind.CITIZEN_NUMBER, text, *match.span(), Rule.EIGHT, 0.9)


def passes_eleven(digits: str) -> bool:
    """The 11-test of the citizen number: weights 9 to 2 and -1, a sum that 11 divides, not all zero."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return total % 11 == 0 and digits.strip("0") != ""


def _other_number(text: str, start: int) -> bool:
    """Whether the words before say that it is a number of something else."""
    return bool(_OTHER_NUMBER.search(text[max(start - BEFORE, 0) : start]))


def _finding(kind: Kind, text: str, start: int, end: int, rule: Rule, confidence: float) -> Finding:
    return Finding(kind, start, end, text[start:end], rule, confidence)
