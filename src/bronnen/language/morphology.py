# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""From a word to the key it is found under: lemma first, then stem.

Dutch: lemma from the dictionary, then the Porter stemmer for Dutch, then a final *v* or *z* unvoiced
(*bewijz-*, *bewijs*). The Snowball algorithm called `dutch` is not used: it strips *ge-*, so that
*gegevens* meets *geven*. English: lemma, then Snowball's English stemmer.
"""

from functools import cache, lru_cache

import Stemmer

from bronnen.language import lexicon
from bronnen.language.compounds import segments
from bronnen.language.dictionary import lemma

_ALGORITHMS = {"nl": "dutch_porter", "en": "english"}
_UNVOICED = {"v": "f", "z": "s"}


@cache
def _stemmer(lang: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_ALGORITHMS[lang], 0)  # no cache of its own: `stem` has one


@lru_cache(maxsize=262_144)
def stem(word: str, lang: str) -> str:
    """The key of a folded word, the same for its inflections.

    A compound that the dictionary does not have takes the lemma of its last part, so that
    *coronabewijzen* meets *coronabewijs*. Digits stay as they are.
    """
    if not word.isalpha():
        return word
    base = lemma(word, lang)
    if base is None and lang == "nl" and (found := segments(word)):
        last = found[-1]
        base = word[: len(word) - len(last)] + (lemma(last, "nl") or last)
    base = base or word
    found_stem = str(_stemmer(lang).stemWord(base))
    if found_stem in lexicon.words(f"stop_{lang}.txt"):  # *overheid* is not *over*
        return base
    if lang == "nl" and found_stem:
        return found_stem[:-1] + _UNVOICED.get(found_stem[-1], found_stem[-1])
    return found_stem or base


@lru_cache(maxsize=262_144)
def parts(word: str, lang: str) -> tuple[str, ...]:
    """The keys of the parts of a folded compound and of their parts; () in English and for simple words."""
    if lang != "nl":
        return ()
    found = [key for part in segments(word) for key in (stem(part, lang), *parts(part, lang))]
    return tuple(dict.fromkeys(found))
