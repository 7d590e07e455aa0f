# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proposed redactions: what is found, what is left alone, and how good it is on the labelled set."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.redaction import Kind, find, redact
from knooppunt.redaction.measure import HELD_OUT, cases, measure
from knooppunt.redaction.model import LABELS, WHY, Rule
from knooppunt.redaction.numbers import is_iban, passes_eleven

LETTER = "Beste Karin,\nmijn BSN is 111222333, bel 06-12345678.\nMet vriendelijke groet,\nTom"


def test_a_letter_is_redacted_with_reasons():
    found = find(LETTER)
    assert [f.kind for f in found] == [Kind.NAME, Kind.CITIZEN_NUMBER, Kind.PHONE, Kind.NAME]
    assert all(LETTER[f.start : f.end] == f.text for f in found)
    assert redact(LETTER, found, "nl") == (
        "Beste [naam],\nmijn BSN is [burgerservicenummer], bel [telefoonnummer].\n"
        "Met vriendelijke groet,\n[naam]"
    )


@pytest.mark.parametrize(
    "text", ["Artikel 1234 BW geldt.", "Zaaknummer 111222333.", "123456789", "NL91ABNA0417164301", "14 076"]
)
def test_what_only_looks_personal_is_left_alone(text):
    assert find(text) == []


def test_the_labelled_set_holds_what_it_should():
    assert len(cases()) >= 150
    figures = measure()
    assert figures["all"]["precision"] >= 0.95
    assert figures["all"]["recall"] >= 0.9
    assert all(row["marked"] for row in figures["kinds"].values())


def test_texts_that_no_rule_was_mended_on_are_held_to_less():
    assert len(cases(HELD_OUT)) >= 80
    assert not {text for text, _spans in cases(HELD_OUT)} & {text for text, _spans in cases()}
    figures = measure(HELD_OUT)["all"]
    assert figures["precision"] >= 0.95
    assert figures["recall"] >= 0.9


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Schrijf naar els punt bos at voorbeeld punt nl.", Kind.EMAIL),
        ("Mijn mail: els @ example.nl", Kind.EMAIL),
        ("Bel 0031 (0)6 12 34 56 78", Kind.PHONE),
        ("IBAN SA03 8000 0000 6080 1016 7519", Kind.IBAN),
        ("Ik woon aan de Laan van Meerdervoort 112-B.", Kind.ADDRESS),
        ("Dank aan mevrouw van den Brink-de Wit.", Kind.NAME),
    ],
)
def test_forms_that_people_write_are_found_whole(text, kind):
    (found,) = find(text)
    assert found.kind == kind
    assert text.removesuffix(".").endswith(found.text)


@pytest.mark.parametrize(
    "text",
    [
        "Zaak 202003456/1/A3 en kenmerk 2023-0000123456.", "Bezoekadres: Turfmarkt 147, 2511 DP Den Haag.",
        "De firma Jansen & Zonen, het Willem II-stadion.", "De begroting is 987.654.321 euro in 2019.",
        "ECLI:NL:RVS:2020:1234", "We meet at the office at nine, dot.",
    ],
)  # fmt: skip
def test_numbers_and_names_of_other_things_are_left_alone(text):
    assert find(text) == []


def test_a_long_text_takes_no_longer_than_its_length_asks():
    for part in ("A. ", "a at b punt ", "1234 ", "Van de ", "NL91 ", "x @ ", "Laan van A "):
        assert isinstance(find(part * 3_000), list)


@given(st.integers(min_value=1, max_value=99_999_999))
def test_the_eleven_test_finds_every_single_wrong_digit(number):
    for last in range(10):
        digits = f"{number:08}{last}"
        if passes_eleven(digits):
            for place in range(9):
                wrong = digits[:place] + str((int(digits[place]) + 1) % 10) + digits[place + 1 :]
                assert not passes_eleven(wrong)


@given(st.integers(min_value=0, max_value=10**10 - 1))
def test_an_account_is_right_with_one_pair_of_check_digits_only(number):
    right = [check for check in range(2, 99) if is_iban(f"NL{check:02}BANK{number:010}")]
    assert len(right) == 1


@given(st.text(max_size=400))
def test_any_text_gives_ordered_findings_that_do_not_overlap(text):
    found = find(text)
    places = [place for f in found for place in (f.start, f.end)]
    assert places == sorted(places)
    assert all(text[f.start : f.end] == f.text and 0 < f.confidence <= 1 for f in found)
    assert redact(text, [], "nl") == text


def test_every_rule_and_kind_has_words_in_both_languages():
    for lang in ("nl", "en"):
        assert set(WHY[lang]) == set(Rule)
        assert set(LABELS[lang]) == {kind.value for kind in Kind}
