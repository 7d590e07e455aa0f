# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""Words that Dutch and English share but for their spelling: *certificate*, *certificaat*.

A rule rewrites an ending or a letter group; a rewritten word only counts when the dictionary of the other
language has it, so the rules may be generous.
"""

from functools import lru_cache

from bronnen.language.dictionary import known, lemma

ENDINGS = (
    ("isation", "isatie"),
    ("ization", "isatie"),
    ("ation", "atie"),
    ("ction", "ctie"),
    ("tion", "tie"),
    ("ssion", "ssie"),
    ("sion", "sie"),
    ("ion", "ie"),
    ("ity", "iteit"),
    ("ety", "eteit"),
    ("ology", "ologie"),
    ("graphy", "grafie"),
    ("ery", "erij"),
    ("ory", "orie"),
    ("ary", "air"),
    ("ary", "arie"),
    ("cy", "tie"),
    ("cy", "cie"),
    ("sy", "sie"),
    ("gy", "gie"),
    ("my", "mie"),
    ("ny", "nie"),
    ("phy", "fie"),
    ("py", "pie"),
    ("ry", "rie"),
    ("ty", "tie"),
    ("y", "ie"),
    ("ical", "isch"),
    ("ical", "iek"),
    ("ics", "iek"),
    ("ic", "isch"),
    ("ic", "iek"),
    ("ial", "ieel"),
    ("ual", "ueel"),
    ("al", "aal"),
    ("al", "eel"),
    ("ar", "air"),
    ("ar", "aar"),
    ("ble", "bel"),
    ("ive", "ief"),
    ("ous", "eus"),
    ("ate", "aat"),
    ("ate", "eren"),
    ("ise", "iseren"),
    ("ize", "iseren"),
    ("ify", "ificeren"),
    ("e", "eren"),
    ("", "eren"),
    ("ance", "antie"),
    ("ence", "entie"),
    ("ent", "ent"),
    ("ure", "uur"),
    ("er", "eur"),
    ("or", "eur"),
    ("or", "or"),
    ("re", "er"),
    ("er", "re"),
    ("am", "amma"),
    ("amme", "amma"),
    ("ine", "ine"),
    ("ist", "ist"),
    ("ism", "isme"),
    ("ment", "ment"),
    ("ght", "cht"),
    ("e", ""),
    ("", "e"),
    ("", ""),
)
"""English ending, Dutch ending."""

LETTERS = (
    (),
    (("c", "k"),),
    (("ph", "f"),),
    (("x", "ks"),),
    (("qu", "kw"),),
    (("th", "t"),),
    (("cc", "kk"),),
    (("y", "i"),),
    (("ph", "f"), ("c", "k")),
    (("th", "t"), ("c", "k")),
    (("th", "t"), ("y", "i")),
    (("oo", "oe"),),
    (("ea", "ee"),),
    (("sh", "sj"),),
    (("j", "i"),),
)
"""Sets of English and Dutch letter groups that are rewritten together."""

MIN_LENGTH = 4


@lru_cache(maxsize=65_536)
def dutch_cognates(word: str) -> tuple[str, ...]:
    """Dutch dictionary words that an English word is likely a cognate of; its own spelling included."""
    base = lemma(word, "en") or word
    return _rewritten(base, "nl", [(source, target) for source, target in ENDINGS], LETTERS)


@lru_cache(maxsize=65_536)
def english_cognates(word: str) -> tuple[str, ...]:
    """English dictionary words that a Dutch word is likely a cognate of; its own spelling included."""
    base = lemma(word, "nl") or word
    endings = [(target, source) for source, target in ENDINGS]
    letters = tuple(tuple((target, source) for source, target in rules) for rules in LETTERS)
    return _rewritten(base, "en", endings, letters)


def _rewritten(
    base: str,
    lang: str,
    endings: list[tuple[str, str]],
    letters: tuple[tuple[tuple[str, str], ...], ...],
) -> tuple[str, ...]:
    found: dict[str, None] = {base: None}
    if len(base) < MIN_LENGTH or not base.isalpha():
        return (base,)
    for source, target in endings:
        if not base.endswith(source) or len(base) - len(source) < 2:
            continue
        trunk = base[: len(base) - len(source)]
        for rules in letters:
            candidate = trunk
            for old, new in rules:
                candidate = candidate.replace(old, new)
            if (candidate != trunk or not rules) and known(candidate + target, lang):
                found.setdefault(candidate + target)
    return tuple(found)[:4]
