# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""The ranking function: what it prefers, what it says, and that it is pure."""

from collections.abc import Mapping
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bronnen.ranking.likeness as letters
from bronnen.language import analyse, analyse_query
from bronnen.ranking import Candidate, FieldTerms, Ranked, Statistics, locate, rank, sentence

LENGTHS = {("title", "nl"): 4.0, ("text", "nl"): 10.0, ("title", "en"): 4.0}


def candidate(name: str, lang: str = "nl", **fields: str) -> Candidate[str]:
    return Candidate(name, {(key, lang): FieldTerms.of(analyse(text, lang)) for key, text in fields.items()})


def statistics(frequencies: Mapping[str, int] | None = None) -> Statistics:
    held = frequencies or {}
    return Statistics(1000, lambda lang, key: held.get(key, 10), LENGTHS)


def ranked(question: str, *candidates: Candidate[str], **frequencies: int) -> list[Ranked[str]]:
    return rank(analyse_query(question), candidates, statistics(frequencies))


def best(question: str, *candidates: Candidate[str], **frequencies: int) -> str:
    return ranked(question, *candidates, **frequencies)[0].id


def test_title_before_text_and_rare_before_common() -> None:
    text = candidate(
        "text", title="Jaarverslag van de provincie", text="Over de schulden en de baten van het rijk"
    )
    title = candidate(
        "title", title="Schulden van de provincie", text="Over het jaarverslag en de baten van het rijk"
    )
    assert best("schulden", text, title) == "title"
    common, rare = candidate("common", text="een rapport"), candidate("rare", text="een kerncentrale")
    assert best("rapport kerncentrale", common, rare, rapport=900) == "rare"


def test_more_words_of_the_question_win() -> None:
    one = candidate("one", text="vergunning vergunning vergunning")
    both = candidate("both", text="vergunning voor bouwen")
    assert best("vergunning bouwen", one, both) == "both"


def test_near_words_win() -> None:
    far = candidate("far", text="open deuren en ramen met uitzicht op een veld vol data")
    near = candidate("near", text="deuren en ramen met uitzicht op een veld vol open data")
    assert best("open data", far, near) == "near"


def test_repetition_does_not_buy_the_top() -> None:
    stuffed = candidate("stuffed", title="schuld " * 50)
    honest = candidate("honest", title="Schuld en armoede in de gemeente")
    assert best("schuld armoede", stuffed, honest) == "honest"


def test_a_likeness_beats_nothing() -> None:
    other = candidate("other", text="bomen in de stad")
    alike = candidate("alike", text="vaccineerlocaties in de stad")
    results = ranked("vaccineerlokatie", other, alike)
    assert results[0].id == "alike"
    assert results[0].matches[0].route == "likeness"
    assert results[1].score == 0


@pytest.mark.parametrize(
    ("question", "text", "lang", "route"),
    [
        ("schulden", "schulden", "nl", "exact"),
        ("schulden", "schuld", "nl", "stem"),
        ("bescherming", "gegevensbescherming", "nl", "part"),
        ("gegevensbescherming", "bescherming van gegevens", "nl", "split"),
        ("telefoon verboden", "mobiel", "nl", "synonym"),
        ("debts", "schulden", "nl", "translation"),
        ("federalism", "federalisme", "nl", "cognate"),
    ],
)
def test_every_route_is_named(question: str, text: str, lang: str, route: str) -> None:
    (result,) = ranked(question, candidate("x", lang, title=text))
    match = result.matches[0]
    assert (match.route, match.field, match.lang) == (route, "title", lang)
    assert match.found in text or " … " in match.found
    for language in ("nl", "en"):
        told = sentence(result, language)
        assert match.found.casefold() in told.casefold()
        assert told.endswith(".")


def test_what_is_missing_is_said() -> None:
    (result,) = ranked("schulden kerncentrale", candidate("x", title="schulden"))
    assert result.missing == ("kerncentrale",)
    assert 0 < result.coverage < 1
    assert sentence(result, "nl").endswith("Niet gevonden: kerncentrale.")
    assert sentence(result, "en").endswith("Not found: kerncentrale.")


def test_a_phrase_is_named_as_a_whole() -> None:
    (result,) = ranked("court of audit", candidate("x", title="Rapport van de rekenkamer"))
    assert sentence(result, "en") == (
        "“rekenkamer” (a translation of “court of audit”) is in the Dutch title."
    )


def test_shares_add_up_per_word() -> None:
    (result,) = ranked("schulden armoede", candidate("x", title="schulden en armoede"))
    assert sum({match.asked: match.share for match in result.matches}.values()) == pytest.approx(1)


def test_equal_candidates_keep_their_order_and_at_most_200_are_taken() -> None:
    same = [candidate(str(i), title="schuld") for i in range(200)]
    assert [result.id for result in ranked("schuld", *same)] == [str(i) for i in range(200)]
    with pytest.raises(ValueError, match="at most 200"):
        ranked("schuld", *same, candidate("more", title="schuld"))


WORDS = st.lists(
    st.sampled_from(
        ["schuld", "schulden", "gegevens", "bescherming", "wet", "data", "open", "2021", "qr-code"]
    )
)


@given(texts=st.lists(WORDS, max_size=6), question=WORDS)
def test_any_order_of_candidates_gives_the_same_scores(texts: list[list[str]], question: list[str]) -> None:
    made = [candidate(str(i), title=" ".join(words)) for i, words in enumerate(texts)]
    score = partial(ranked, " ".join(question))
    forward = {result.id: result.score for result in score(*made)}
    backward = {result.id: result.score for result in score(*reversed(made))}
    assert forward.keys() == backward.keys()
    assert all(abs(forward[key] - backward[key]) < 1e-9 for key in forward)
    assert all(value >= 0 for value in forward.values())


@given(texts=st.lists(WORDS, min_size=1, max_size=5))
def test_positions_are_those_of_the_tokens(texts: list[list[str]]) -> None:
    tokens = [analyse(" ".join(words), "nl") for words in texts]
    wanted = {token.stem for line in tokens for token in line} | {"absent"}
    found = locate([FieldTerms.of(line) for line in tokens], sorted(wanted))
    for number, line in enumerate(tokens):
        for key in wanted:
            expected = [i for i, token in enumerate(line) if token.stem == key]
            assert (found[number].whole.get(key, []) if number in found else []) == expected


@given(st.text("ab", min_size=1, max_size=9), st.lists(st.text("ab", min_size=1, max_size=9)))
def test_the_first_word_that_shares_half_of_the_runs(word: str, words: list[str]) -> None:
    wanted = letters.runs(word)
    shares = [
        other
        for other in words
        if len(wanted) > 1 and 2 * sum(run in f" {other} " for run in wanted) >= len(wanted)
    ]
    assert letters.alike(word, f" {' '.join(words)} ") == (shares[0] if shares else None)
