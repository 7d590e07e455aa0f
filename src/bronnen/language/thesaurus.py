# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Other words for the words of a question: synonyms, translations, cognates."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from bronnen.language import lexicon
from bronnen.language.analyser import Token, analyse
from bronnen.language.cognates import dutch_cognates, english_cognates
from bronnen.language.morphology import parts, stem
from bronnen.language.terms import Form

SYNONYM_WEIGHT = 0.5
TRANSLATION_WEIGHT = 0.9
COGNATE_WEIGHT = 0.8
PART_TRANSLATION_WEIGHT = 0.4
LONGEST_PHRASE = 5

_Entries = dict[tuple[str, ...], tuple[Form, ...]]


def related(tokens: list[Token], lang: str) -> list[tuple[Form, ...]]:
    """For each token the synonyms and translations of it and of the phrases that it is in.

    Phrases are found by their stems, at most `LONGEST_PHRASE` words long; each word of a phrase gets the
    forms of the whole phrase. Every word may stand unchanged in the other language. A word without a
    translation is tried as a cognate, and a Dutch compound by its parts.
    """
    entries = _thesaurus(lang)
    stems = [token.stem for token in tokens]
    found: list[list[Form]] = [[] for _ in tokens]
    for start in range(len(tokens)):
        for size in range(1, min(LONGEST_PHRASE, len(tokens) - start) + 1):
            forms = entries.get(tuple(stems[start : start + size]), ())
            for i in range(start, start + size) if forms else ():
                found[i].extend(forms)
    other = "en" if lang == "nl" else "nl"
    for i, token in enumerate(tokens):
        found[i].append(Form((stem(token.word, other),), other, "cognate", COGNATE_WEIGHT, token.word))
        if not any(form.route == "translation" for form in found[i]):
            found[i].extend(_guesses(token.word, lang))
    return [tuple(forms) for forms in found]


@lru_cache(maxsize=65_536)
def _guesses(word: str, lang: str) -> tuple[Form, ...]:
    """Translations of a word that the glossary does not have."""
    other = "en" if lang == "nl" else "nl"
    cognates = english_cognates(word) if lang == "nl" else dutch_cognates(word)
    forms = [Form((stem(found, other),), other, "cognate", COGNATE_WEIGHT, found) for found in cognates]
    pieces = parts(word, lang)
    if len(forms) == 1 and len(pieces) > 1:
        translated = [_first_translation(piece, lang) for piece in pieces]
        if all(translated):
            keys = tuple(key for form in translated if form for key in form.keys)
            text = " ".join(form.text for form in translated if form)
            forms.append(Form(keys, other, "translation", PART_TRANSLATION_WEIGHT, text))
    return tuple(forms)


def _first_translation(key: str, lang: str) -> Form | None:
    forms = _thesaurus(lang).get((key,), ())
    return next((form for form in forms if form.route == "translation"), None)


def _content(phrase: str, lang: str) -> tuple[str, ...]:
    """The keys of a phrase that a text must hold: all but its function words."""
    stops = lexicon.words(f"stop_{lang}.txt")
    tokens = analyse(phrase, lang)
    return tuple(token.stem for token in tokens if token.word not in stops) or _keys(phrase, lang)


def _keys(phrase: str, lang: str) -> tuple[str, ...]:
    return tuple(token.stem for token in analyse(phrase, lang))


@cache
def _thesaurus(lang: str) -> _Entries:
    """For the stems of a phrase in `lang`: the forms that mean the same."""
    found: dict[tuple[str, ...], dict[tuple[str, ...], Form]] = defaultdict(dict)

    def add(source: str, targets: Iterable[str], target_lang: str, route: str, weight: float) -> None:
        for target in targets:
            keys = _content(target, target_lang)
            if (target_lang, keys) != (lang, _content(source, lang)):
                phrase = source if " " in source else ""
                form = Form(keys, target_lang, route, weight, target, phrase)
                found[_keys(source, lang)].setdefault((target_lang, *keys), form)

    for dutch, english in lexicon.translations():
        sources, targets, other = (dutch, english, "en") if lang == "nl" else (english, dutch, "nl")
        for source in sources:
            add(source, targets, other, "translation", TRANSLATION_WEIGHT)
    for group in lexicon.groups(f"synonyms_{lang}.txt"):
        for source in group:
            add(source, group, lang, "synonym", SYNONYM_WEIGHT)
    return {keys: tuple(forms.values()) for keys, forms in found.items()}
