# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Lemmas: which dictionary word a form belongs to."""

from functools import cache, lru_cache

from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from bronnen.language import lexicon
from bronnen.language.tokens import fold

LANGUAGES = ("nl", "en")
_FACTORY = DefaultDictionaryFactory(cache_max_size=len(LANGUAGES))


@cache
def _accented(lang: str) -> dict[str, str]:
    """Entries that are only found with their accents, under the form without them."""
    entries = _FACTORY.get_dictionary(lang)
    return {fold(form): entries[form] for form in entries if not form.isascii()}


@lru_cache(maxsize=262_144)
def lemma(word: str, lang: str) -> str | None:
    """The folded lemma of a folded word; None when the dictionary does not have the word.

    The dictionary gives one lemma per form; where it picks an unhelpful one (*data* as the plural of
    *datum*, *app* as a form of *appen*) our own list `lemmas_nl.txt` or `lemmas_en.txt` decides.
    """
    own = lexicon.pairs(f"lemmas_{lang}.txt").get(word)
    if own is not None:
        return own
    found = _FACTORY.get_dictionary(lang).get(word) or _accented(lang).get(word)
    return fold(found) if found else None


def known(word: str, lang: str) -> bool:
    """Whether the dictionary of `lang` has this folded form."""
    return lemma(word, lang) is not None
