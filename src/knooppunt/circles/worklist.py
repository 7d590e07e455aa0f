# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The connector's worklist: what could be brought together, what waits, and what sleeps.

Each row says what can be done with it: a page to go to, or people who can be reminded by one button.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from knooppunt.catalogue import matching
from knooppunt.catalogue.models import AuditLine, Card
from knooppunt.circles import queries
from knooppunt.circles.models import Circle, Introduction, Meeting
from knooppunt.circles.states import OPEN, State
from knooppunt.helpdesk import queries as helpdesk
from knooppunt.initiatives import services as initiatives
from knooppunt.practices import queries as practices
from knooppunt.toolkit import services as toolkit

MOST_PAIRS = 20
NEAR_ENOUGH = 0.2
DAYS_WAITING, DAYS_UNTAKEN, DAYS_SILENT, DAYS_ASLEEP = 14, 7, 60, 90
REMIND_AGAIN = timedelta(days=30)
REMINDED = "remind from worklist"


@dataclass(frozen=True)
class Pair:
    """Two organisations with the same problem and no contact yet."""

    card: Card
    match: Any
    one: Any
    other: Any
    silent: list[tuple[Any, datetime | None]]
    """Those of the two where nobody takes messages, and when they were last asked to."""


def pairs(language: str) -> list[Pair]:
    """From the newest initiatives that people keep: who elsewhere works on the same challenge and problem,
    and is not in touch yet; those who can be asked first."""
    found: list[Pair] = []
    seen: set[frozenset[str]] = set()
    kept = list(initiatives.kept_by_people().values_list("slug", flat=True)[: queries.NEWEST])
    cards = Card.objects.filter(kind="initiative", key__in=kept).prefetch_related("facets")
    for card in cards.order_by("-updated"):
        source = matching.source_of(card, language)
        for match in matching.match(source, language, only=["initiative"], size=5):
            if match.score >= NEAR_ENOUGH:
                found += _pairs(card, match, seen)
        if len(found) >= MOST_PAIRS:
            break
    return sorted(found[:MOST_PAIRS], key=lambda pair: len(pair.silent))


def _pairs(card: Card, match: Any, seen: set[frozenset[str]]) -> list[Pair]:
    other = Card.objects.filter(kind=match.kind, key=match.key).prefetch_related("facets").first()
    if other is None or not _codes(card, "challenge") & _codes(other, "challenge"):
        return []
    made = []
    for one in sorted(_codes(card, "organisation")):
        for theirs in sorted(_codes(other, "organisation")):
            both = frozenset((one, theirs))
            if len(both) == 2 and both not in seen and not _known(one, theirs):
                seen.add(both)
                known = queries.names([one, theirs])
                if len(known) == 2:
                    made.append(Pair(card, match, known[one], known[theirs], _silent_of(known)))
    return made


def _silent_of(organisations: dict[str, Any]) -> list[tuple[Any, datetime | None]]:
    open_, asked = initiatives.contactable(list(organisations)), _reminded()
    return [(o, asked.get(("organisation", slug))) for slug, o in organisations.items() if slug not in open_]


def _codes(card: Card, facet: str) -> set[str]:
    return {value.code for value in card.facets.all() if value.facet == facet}


def _known(one: str, other: str) -> bool:
    """In touch, or asked by a connector."""
    open_ = Introduction.objects.filter(state__in=(*OPEN, State.DECLINED, State.MADE))
    asked = open_.filter(one__in=(one, other), other__in=(one, other))
    return initiatives.between(one, other).exists() or asked.exists()


@dataclass(frozen=True)
class Row:
    """Something that waits: what, how it stands, since when, where; and when somebody was reminded.

    Without `kind` nobody is reminded: the page itself has the button that helps.
    """

    title: str
    detail: str
    since: date | datetime | None
    address: str
    kind: str = ""
    key: str = ""
    reminded: datetime | None = None


@dataclass(frozen=True)
class Section:
    code: str
    title: str | Promise
    button: str | Promise
    rows: list[Row]


def sections() -> list[Section]:
    """Everything that waits, each with what helps."""
    found: list[tuple[str, str | Promise, str | Promise, Callable[[], Iterable[Row]]]] = [
        ("silent", _("Initiatives without follow-up"), _("Ask how it stands"), _silent),
        ("waiting", _("Questions between organisations that nobody took"), _("Remind them"), _waiting),
        ("questions", _("Questions to the help desk that nobody took"), _("Take it or pass it on"), _untaken),
        ("asleep", _("Sleeping circles"), _("Ask to plan a meeting"), _asleep),
        ("review", _("Past their review date"), _("Ask to look at it again"), _past_review),
    ]
    reminded = _reminded()
    return [
        Section(code, title, button, [_with(row, reminded) for row in islice(rows(), queries.SHOWN)])
        for code, title, button, rows in found
    ]


def _reminded() -> dict[tuple[str, str], datetime]:
    """When somebody was last reminded of a thing, in the last thirty days."""
    recent = AuditLine.objects.filter(action=REMINDED, at__gt=timezone.now() - REMIND_AGAIN).order_by("at")
    return {(kind, key): at for kind, key, at in recent.values_list("kind", "key", "at")}


def _with(row: Row, reminded: dict[tuple[str, str], datetime]) -> Row:
    return replace(row, reminded=reminded.get((row.kind, row.key)))


def reminded(kind: str, key: str) -> datetime | None:
    return _reminded().get((kind, key))


def _silent() -> Iterable[Row]:
    for one in initiatives.without_follow_up(DAYS_SILENT):
        yield Row(
            one.words("title").text, str(one.get_state_display()), one.changed, one.get_absolute_url(),
            "initiative", one.slug,
        )  # fmt: skip


def _waiting() -> Iterable[Row]:
    contacts = list(initiatives.waiting_contacts(DAYS_WAITING)[: queries.SHOWN])
    known = queries.names([slug for c in contacts for slug in (c.asker, c.asked)])
    field = "name_en" if get_language() == "en" else "name_nl"
    for contact in contacts:
        asker, asked = (getattr(known.get(slug), field, slug) for slug in (contact.asker, contact.asked))
        yield Row(f"{asker} → {asked}", "", contact.made, "", "contact", str(contact.pk))


def _untaken() -> Iterable[Row]:
    for question in helpdesk.untaken(DAYS_UNTAKEN)[: queries.SHOWN]:
        theme = str(question.get_theme_display()) if question.theme else ""
        yield Row(Truncator(question.text).chars(100), theme, question.asked, question.get_absolute_url())


def asleep() -> QuerySet[Circle]:
    """Open circles without a meeting ahead, or one in the last ninety days."""
    before = timezone.now() - timedelta(days=DAYS_ASLEEP)
    awake = Meeting.objects.filter(ends__gte=before, cancelled=False).values("circle")
    return queries.public().filter(made__lt=before).exclude(pk__in=awake)


def _asleep() -> Iterable[Row]:
    for circle in asleep():
        yield Row(circle.words("title").text, "", None, circle.get_absolute_url(), "circle", circle.slug)


def _past_review() -> Iterable[Row]:
    for version in practices.past_review():
        slug = version.practice.slug
        address = reverse("practices:practice", args=[slug])
        yield Row(
            _text(version.content["title"]), str(_("practice")), version.review_due, address, "practice", slug
        )
    for version in toolkit.expired():
        entry = version.entry
        kind = str(entry.get_kind_display())
        address = entry.get_absolute_url()
        yield Row(_text(version.title), kind, version.review_due, address, entry.kind, entry.slug)


def _text(texts: dict[str, str]) -> str:
    return texts.get((get_language() or "nl")[:2]) or next(iter(texts.values()), "")
