# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The names of all definitions, as the hub's pages look for them in their texts."""

from __future__ import annotations

import re
from functools import lru_cache

from django.db.models import Count, Max

from knooppunt.catalogue.kinds import path
from knooppunt.toolkit import queries
from knooppunt.toolkit.models import Entry, Version
from knooppunt.toolkit.states import State
from knooppunt.web.explaining import Explanation, Glossary
from knooppunt.web.once import once


def glossary(language: str) -> Glossary:
    """What stands now; made anew only when a definition changed."""
    return _made(language, once("glossary", _stamp))


def _stamp() -> tuple[int | None, ...]:
    standing = Version.objects.filter(entry__kind=Entry.Kind.TERM, state=State.PUBLISHED)
    return tuple(standing.aggregate(n=Count("pk"), last=Max("pk")).values())


@lru_cache(maxsize=8)
def _made(language: str, stamp: tuple[int | None, ...]) -> Glossary:
    names: dict[str, Explanation] = {}
    for term in queries.public("term"):
        content = term.public.content
        label = content["label"].get(language)
        if not label or not content["definition"].get(language):
            continue
        explanation = Explanation(
            term.slug, label, content["definition"][language], path("toolkit:term", term.slug)
        )
        for name in (label, *content.get("also", {}).get(language, [])):
            names.setdefault(name.casefold(), explanation)
    if not names:
        return Glossary(None, {})
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    either = "|".join(map(re.escape, longest_first))
    return Glossary(re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE), names)
