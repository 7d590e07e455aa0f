# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a proposal tells: kind, place, reason and how sure we are. Needs no settings, so it runs anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    IBAN = "iban"
    CITIZEN_NUMBER = "citizen_number"
    ADDRESS = "address"
    POSTCODE = "postcode"
    BIRTH_DATE = "birth_date"


class Rule(StrEnum):
    """The rule that made a proposal."""

    EMAIL = "email"
    PHONE = "phone"
    IBAN = "iban"
    ELEVEN = "eleven"
    EIGHT = "eight"
    BORN = "born"
    STREET = "street"
    LIVES = "lives"
    POSTCODE = "postcode"
    TITLE = "title"
    GREETING = "greeting"
    SIGNATURE = "signature"
    INTRODUCED = "introduced"
    ROLE = "role"
    INITIALS = "initials"
    FIRST_NAME = "first_name"


LABELS = {
    "nl": {
        "name": "naam", "email": "e-mailadres", "phone": "telefoonnummer", "iban": "rekeningnummer",
        "citizen_number": "burgerservicenummer", "address": "adres", "postcode": "postcode",
        "birth_date": "geboortedatum",
    },
    "en": {
        "name": "name", "email": "e-mail address", "phone": "phone number", "iban": "bank account",
        "citizen_number": "citizen number",
        "address": "address", "postcode": "postcode", "birth_date": "date of birth",
    },
}  # fmt: skip
WHY = {
    "nl": {
        Rule.EMAIL: "heeft de vorm van een e-mailadres",
        Rule.PHONE: "heeft de vorm van een telefoonnummer",
        Rule.IBAN: "de controlecijfers van deze bankrekening kloppen (mod 97)",
        Rule.ELEVEN: "negen cijfers die aan de elfproef voldoen",
        Rule.EIGHT: "acht cijfers na het woord ervoor, die aan de elfproef voldoen",
        Rule.BORN: "een datum na een woord voor geboren",
        Rule.STREET: "een straat met een huisnummer",
        Rule.LIVES: "een naam met een nummer na woorden voor wonen of een adres",
        Rule.POSTCODE: "heeft de vorm van een postcode",
        Rule.TITLE: "een naam na een aanspreekvorm of titel",
        Rule.GREETING: "een naam in een aanhef",
        Rule.SIGNATURE: "een naam onder een brief",
        Rule.INTRODUCED: "een naam na woorden die een naam aankondigen",
        Rule.ROLE: "een naam na een woord voor een persoon",
        Rule.INITIALS: "voorletters en een achternaam",
        Rule.FIRST_NAME: "begint met een veel voorkomende voornaam",
    },
    "en": {
        Rule.EMAIL: "has the form of an e-mail address",
        Rule.PHONE: "has the form of a phone number",
        Rule.IBAN: "the check digits of this bank account are right (mod 97)",
        Rule.ELEVEN: "nine digits that pass the 11-test",
        Rule.EIGHT: "eight digits after the word for it, that pass the 11-test",
        Rule.BORN: "a date after a word for being born",
        Rule.STREET: "a street with a house number",
        Rule.LIVES: "a name with a number after words for living or an address",
        Rule.POSTCODE: "has the form of a postcode",
        Rule.TITLE: "a name after a form of address or title",
        Rule.GREETING: "a name in a greeting",
        Rule.SIGNATURE: "a name under a letter",
        Rule.INTRODUCED: "a name after words that announce one",
        Rule.ROLE: "a name after a word for a person",
        Rule.INITIALS: "initials and a surname",
        Rule.FIRST_NAME: "begins with a common first name",
    },
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`text[start:end]` is proposed for redaction. `confidence` (0 to 1) is our judgement of the rule."""

    kind: Kind
    start: int
    end: int
    text: str
    rule: Rule
    confidence: float

    def as_json(self, lang: str) -> dict[str, Any]:
        """As `knooppunt redact` prints it, with the reason in "nl" or "en"."""
        return {
            "kind": self.kind.value,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "why": WHY[lang][self.rule],
            "confidence": self.confidence,
        }
