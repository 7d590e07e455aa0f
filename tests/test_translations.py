# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Everything the hub says exists in Dutch too."""

from tests import translations


def test_every_text_has_a_dutch_translation():
    assert {
        str(p.relative_to(translations.PACKAGE)): texts for p, texts in translations.missing().items()
    } == {}


def test_translations_keep_the_placeholders_of_their_text():
    wrong = []
    for path in translations.wanted():
        for message in translations.read(path):
            if message.id:
                wrong += [f"{path.name}: {message.id}: {error}" for error in message.check()]
    assert wrong == []


def test_one_text_has_one_translation():
    """Django merges all catalogues: of two translations one wins, on the page of the other as well."""
    said: dict[object, set[object]] = {}
    for path in translations.wanted():
        for message in translations.read(path):
            if message.id:
                key = (str(message.id), message.context)
                said.setdefault(key, set()).add(str(message.string))
    assert {key: texts for key, texts in said.items() if len(texts) > 1} == {}
