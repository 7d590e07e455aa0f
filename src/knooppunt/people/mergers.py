# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who stands in whose place: everything that names an organisation follows every merger and split.

One rule for all: who has a role at what stands in an organisation's place has that role there too; both
names are shown; nobody is asked anything any more under the name that ended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.kinds import Facet, Text, kinds
from knooppunt.catalogue.models import Card
from knooppunt.people.models import Succession
from knooppunt.web.once import once


@dataclass(frozen=True)
class Standing:
    """What followed what, up to today. `names` has the names of all that followed."""

    later: Mapping[str, tuple[str, ...]]
    earlier: Mapping[str, tuple[str, ...]]
    names: Mapping[str, Text]

    def since(self, slug: str) -> list[str]:
        """The organisation itself and all that came in its place, one after the other."""
        return _walk(slug, self.later)

    def before(self, slug: str) -> list[str]:
        """The organisation itself and all in whose place it stands."""
        return _walk(slug, self.earlier)

    def now(self, slug: str) -> list[str]:
        """What stands today: itself when nothing followed, else the last of every line, in their order."""
        return sorted(one for one in self.since(slug) if one not in self.later)

    def ended(self, slug: str) -> bool:
        return slug in self.later


def _walk(slug: str, steps: Mapping[str, tuple[str, ...]]) -> list[str]:
    found = {slug: None}
    todo = [slug]
    while todo:
        for one in steps.get(todo.pop(), ()):
            if one not in found:
                found[one] = None
                todo.append(one)
    return list(found)


def standing() -> Standing:
    """How organisations stand today: one query in a request, however many things ask."""
    return once("standing", _read)


def _read() -> Standing:
    rows = Succession.objects.filter(date__lte=timezone.localdate()).order_by("date", "pk")
    later, earlier, names = defaultdict(list), defaultdict(list), {}
    for old, new, nl, en in rows.values_list(
        "predecessor__slug", "successor__slug", "successor__name_nl", "successor__name_en"
    ):
        later[old].append(new)
        earlier[new].append(old)
        names[new] = Text(nl, en)
    as_tuples = [{slug: tuple(others) for slug, others in some.items()} for some in (later, earlier)]
    return Standing(*as_tuples, names)


def shown_name(organisation: Any) -> str:
    """The name in the reader's language, and after it that of what stands in its place today: both are
    needed to find the way."""
    english = (get_language() or "nl").startswith("en")
    name = organisation.name_en if english else organisation.name_nl
    return " ".join(filter(None, [name, successors(organisation.slug)]))


def successors(slug: str) -> str:
    """What stands in the place of an organisation today, as it is put behind its name; else nothing."""
    found = standing()
    if not found.ended(slug):
        return ""
    english = (get_language() or "nl").startswith("en")
    names = [found.names[one].en if english else found.names[one].nl for one in found.now(slug)]
    return _("(now %(successor)s)") % {"successor": ", ".join(names)}


def facets(organisations: Iterable[Any]) -> Iterator[Facet]:
    """What a card is found by: each organisation that it is of, and what stands in their place today."""
    found, given = standing(), set()
    for one in organisations:
        names = {slug: found.names[slug] for slug in found.now(one.slug) if slug != one.slug}
        for slug, name in ({one.slug: Text(one.name_nl, one.name_en)} | names).items():
            if slug not in given:
                given.add(slug)
                yield Facet("organisation", slug, name)


def follow() -> int:
    """Bring up to date the cards of organisations in whose place another stands by now, and that do not name
    it yet; returns how many. Run daily, because a merger is known before its day."""
    found, behind = standing(), set()
    cards = Card.objects.filter(facets__facet="organisation", facets__code__in=list(found.later))
    for card in cards.exclude(kind="organisation").distinct().prefetch_related("facets"):
        codes = {value.code for value in card.facets.all() if value.facet == "organisation"}
        if any(not set(found.now(code)) <= codes for code in codes):
            behind.add((card.kind, card.key))
    for kind, key in sorted(behind):
        if (thing := kinds[kind].find(key) if kind in kinds else None) is not None:
            catalogue.publish(thing)
    return len(behind)
