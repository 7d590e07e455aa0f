# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""The analyser: folding, offsets, inflections, compounds, questions in two languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bronnen.language import Form, analyse, analyse_query, fold, guess_language, plain, spans
from bronnen.language.cognates import dutch_cognates, english_cognates
from bronnen.language.compounds import segments
from bronnen.language.lexicon import translations
from bronnen.language.morphology import stem


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Coöperatie", "cooperatie"), ("één", "een"), ("STRASSE", "strasse"), ("ﷺ", fold("ﷺ"))],
)
def test_folding_leaves_letters_and_digits(word: str, folded: str) -> None:
    assert fold(word) == folded
    assert " " not in fold(word)


@given(st.text(max_size=80))
def test_offsets_point_at_the_source(text: str) -> None:
    last = 0
    for token in analyse(text, "nl"):
        assert last <= token.start < token.end <= len(text)
        last = token.end
        assert token.word
        assert not any(character.isspace() for character in token.word + token.stem)
        assert all(part and not any(map(str.isspace, part)) for part in token.parts)


@given(st.text(max_size=200))
def test_blanking_markup_keeps_every_offset(text: str) -> None:
    clean = plain(text)
    assert len(clean) == len(text)
    assert all(after in (before, " ") for before, after in zip(text, clean, strict=True))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("De foto's van d'Ancona", ["de", "foto", "van", "ancona"]),
        ("A.V.G. en art. 2.1", ["avg", "en", "art", "2.1"]),
        ("<p class='x'>Wet&nbsp;open</p> {% include a.html %}{{ site.b }}", ["wet", "open"]),
        ('zie [de wet](https://example.org/wet){:target="_blank"} https://a.nl/b', ["zie", "de", "wet"]),
        ("", []),
    ],
)
def test_words_are_what_people_read(text: str, words: list[str]) -> None:
    assert [span.word.replace("21", "2.1") for span in spans(plain(text))] == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("schuld", "schulden"),
        ("waterschap", "waterschappen"),
        ("algoritme", "algoritmes"),
        ("gemeente", "gemeentes"),
        ("vergunning", "vergunningen"),
        ("bewijs", "bewijzen"),
        ("coronabewijs", "coronabewijzen"),
        ("gebruikt", "gebruiken"),
        ("kind", "kinderen"),
    ],
)
def test_inflections_meet(one: str, other: str) -> None:
    assert stem(one, "nl") == stem(other, "nl")


@pytest.mark.parametrize(
    ("one", "other"), [("gegevens", "geven"), ("overheid", "over"), ("gemeente", "gemeen"), ("data", "datum")]
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert stem(one, "nl") != stem(other, "nl")


@pytest.mark.parametrize(
    "parts",
    [
        "gegevens bescherming",
        "reken kamer",
        "schuld hulp verlening",
        "gemeente raad",
        "omgeving vergunning",
        "water kwaliteit",
        "energie armoede",
        "jeugd zorg",
        "identiteit bewijs",
        "huur toeslag",
        "verkeer veiligheid",
        "basis registratie",
        "stikstof beleid",
        "arbeid markt",
        "woning bouw",
        "klimaat akkoord",
        "algoritme register",
        "data kwaliteit",
        "personen vervoer",
        "belasting dienst",
    ],
)
def test_compounds_are_taken_apart(parts: str) -> None:
    links = ("", "s", "en")
    first, *rest = parts.split()
    words = {first}
    for part in rest:
        words = {word + link + part for word in words for link in links}
    assert any(segments(word) == tuple(parts.split()) for word in words)


@pytest.mark.parametrize(
    "word",
    ["bestuur", "gemeente", "vergunning", "regering", "belasting", "beslissing", "informatie", "toepassing",
     "verstuurd", "standaard", "burgemeester", "document", "personen", "waterschap", "verwerking"],
)  # fmt: skip
def test_words_that_only_look_like_compounds_stay_whole(word: str) -> None:
    assert segments(word) == ()


def test_parts_stand_beside_the_whole_word() -> None:
    (token,) = analyse("Gegevensbescherming", "nl")
    assert token.stem == stem("gegevensbescherming", "nl")
    assert token.parts == (stem("gegevens", "nl"), stem("bescherming", "nl"))


def test_hyphens_and_capitals() -> None:
    mail, *_ = analyse("e-mail", "nl")
    assert stem("email", "nl") in mail.parts
    assert analyse("het OM wil om", "nl")[1].stem != analyse("het OM wil om", "nl")[3].stem


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Hoe vraag ik een vergunning aan?", "nl"),
        ("How do I apply for a permit?", "en"),
        ("schulden", "nl"),
        ("debts", "en"),
        ("data", None),
        ("12345", None),
        ("", None),
    ],
)
def test_language_is_guessed_from_the_words(text: str, lang: str | None) -> None:
    assert guess_language(text) == lang


def forms(question: str, lang: str) -> dict[tuple[str, ...], Form]:
    return {
        form.keys: form for term in analyse_query(question).terms for form in term.forms if form.lang == lang
    }


@pytest.mark.parametrize(
    ("question", "answer", "route"),
    [
        ("debts", "schulden", "translation"),
        ("municipalities", "gemeente", "translation"),
        ("digital innovation", "innovatie", "translation"),
        ("court of audit", "rekenkamer", "translation"),
        ("mechanism", "mechanisme", "cognate"),
        ("federalism", "federalisme", "cognate"),
    ],
)
def test_english_questions_reach_dutch_words(question: str, answer: str, route: str) -> None:
    found = forms(question, "nl")
    assert found[stem(answer, "nl"),].route == route


def test_dutch_questions_reach_english_words_and_synonyms() -> None:
    assert forms("gemeenten met schulden", "en")[stem("debt", "en"),].route == "translation"
    assert forms("telefoon verboden", "nl")[stem("mobiel", "nl"),].route == "synonym"


def test_function_words_are_dropped_unless_there_is_nothing_else() -> None:
    assert [term.word for term in analyse_query("Wat is de rekenkamer?").terms] == ["rekenkamer"]
    assert [term.word for term in analyse_query("wat is dit").terms] == ["wat", "is", "dit"]
    assert [term.word for term in analyse_query("zorg voor ALS").terms] == ["zorg", "als"]


def test_repeated_words_are_counted_and_questions_are_bounded() -> None:
    (term,) = analyse_query("schuld schulden schuld").terms
    assert (term.count, term.start, term.end) == (3, 0, 6)
    many = analyse_query(" ".join(f"woord{i}" for i in range(1000)))
    assert len(many.terms) == 48


def test_cognates_work_both_ways() -> None:
    assert "certificaat" in dutch_cognates("certificate")
    assert "identity" in english_cognates("identiteit")


def test_every_line_of_the_glossary_can_be_read() -> None:
    rows = translations()
    assert len(rows) > 900
    assert all(dutch and english for dutch, english in rows)
