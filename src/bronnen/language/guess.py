# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Which of the two languages a short text is in."""

from bronnen.language import lexicon
from bronnen.language.dictionary import known
from bronnen.language.tokens import spans

_FUNCTION_WORD = 3.0
_DICTIONARY_WORD = 1.0


def guess_language(text: str) -> str | None:
    """ "nl", "en", or None when the words do not tell (a name, a number, a word of both languages).

    A function word of one language counts three times, a word that only one dictionary has once;
    the first hundred words decide. A difference of one dictionary word is enough.
    """
    score = 0.0
    for span in spans(text[:4000])[:100]:
        score += _leaning(span.word)
    if score == 0:
        return None
    return "nl" if score > 0 else "en"


def _leaning(word: str) -> float:
    """Positive for Dutch, negative for English, 0 for neither or both."""
    dutch, english = word in lexicon.words("stop_nl.txt"), word in lexicon.words("stop_en.txt")
    if dutch != english:
        return _FUNCTION_WORD if dutch else -_FUNCTION_WORD
    if dutch or len(word) < 3:
        return 0.0
    return _DICTIONARY_WORD * (known(word, "nl") - known(word, "en"))
