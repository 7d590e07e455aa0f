# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The two kinds of this app: an action, and an edition of an agenda."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from knooppunt.agenda import queries
from knooppunt.agenda.models import Action, Edition, Owner, Theme
from knooppunt.agenda.states import Status
from knooppunt.catalogue.kinds import CardData, Facet, Kind, Link, Text, path
from knooppunt.catalogue.models import RelationType
from knooppunt.people import services as people

LANGUAGES = ("nl", "en")
SUMMARY = 220


def text_of(thing: Any, field: str) -> Text:
    return Text(**{language: getattr(thing, f"{field}_{language}") for language in LANGUAGES})


def action_card(action: Action) -> CardData:
    """An action with its owners, subjects, years and status.

    The edition is no relation: its page lists its actions, and would otherwise list them twice.
    """
    owners = list(dict.fromkeys(o.owner for o in action.ownerships.all()))
    themes = list(action.themes.all())
    return CardData(
        key=str(action),
        url=path("agenda:action", action.edition.key, action.number),
        title=text_of(action, "title"),
        summary=_per_language(lambda lang: _summary(getattr(action, f"description_{lang}"))),
        text=_per_language(lambda lang: _full_text(action, owners, themes, lang)),
        language=action.language,
        facets=(*_action_facets(action, owners, themes),),
        links=(
            *(Link(RelationType.FOLLOWS_UP, "action", str(other)) for other in action.contributes_to.all()),
        ),
        place=action.place,
        position=None if action.latitude is None else (action.latitude, action.longitude),
        starts=date(action.start, 1, 1),
        ends=date(action.end, 12, 31) if action.end else None,
    )


def edition_card(edition: Edition) -> CardData:
    """An edition as a whole."""
    owner = edition.agenda.organisation
    return CardData(
        key=edition.key,
        url=path("agenda:edition", edition.key),
        title=text_of(edition, "title"),
        summary=_per_language(lambda lang: _summary(getattr(edition, f"description_{lang}"))),
        text=text_of(edition, "description"),
        language=edition.language,
        facets=(*people.organisation_facets([owner]), _year_facet(edition.published.year)),
        starts=edition.published,
    )


def _per_language(make: Callable[[str], str]) -> Text:
    return Text(**{language: make(language) for language in LANGUAGES})


def _summary(text: str) -> str:
    return Truncator(text).chars(SUMMARY, truncate="…")


def _full_text(action: Action, owners: Iterable[Owner], themes: Iterable[Theme], language: str) -> str:
    names = [getattr(item, f"name_{language}") for item in (*owners, *themes)]
    chapter = getattr(action.chapter, f"title_{language}") if action.chapter else ""
    return "\n".join(filter(None, [getattr(action, f"description_{language}"), chapter, *names]))


def _action_facets(action: Action, owners: Iterable[Owner], themes: Iterable[Theme]) -> Iterable[Facet]:
    yield from people.organisation_facets(owners)
    for theme in themes:
        yield Facet("challenge" if theme.challenge else "theme", theme.slug, text_of(theme, "name"))
    if action.chapter:
        code = f"{action.edition.key}-{action.chapter.key}"
        yield Facet("chapter", code, text_of(action.chapter, "title"))
    for year in range(action.start, (action.end or action.start) + 1):
        yield _year_facet(year)
    if status := queries.standing(action).self_status:
        yield Facet("status", status, status_text(status))


def _year_facet(year: int) -> Facet:
    return Facet("year", str(year), Text(str(year), str(year)))


def status_text(status: str) -> Text:
    labels = {}
    for language in LANGUAGES:
        with override(language):
            labels[language] = str(Status(status).label)
    return Text(**labels)


def _address(view: str, language: str, *args: str) -> str:
    return f"{settings.PUBLIC_URL}/{language}{path(view, *args)}"


def _text(thing: Any, field: str, language: str) -> str:
    other = "en" if language == "nl" else "nl"
    return getattr(thing, f"{field}_{language}") or getattr(thing, f"{field}_{other}")


def action_json_ld(action: Action, language: str) -> dict[str, Any]:
    """schema.org PlanAction: what is planned, by whom, from when to when."""
    data = {
        "@context": "https://schema.org",
        "@type": "PlanAction",
        "@id": _address("agenda:action", language, action.edition.key, action.number),
        "name": _text(action, "title", language),
        "description": _text(action, "description", language),
        "startTime": str(action.start),
        "agent": [
            {"@type": "Organization", "name": _text(owner, "name", language)}
            for owner in action.owners_in("lead")
        ],
        "participant": [
            {"@type": "Organization", "name": _text(owner, "name", language)}
            for owner in action.owners_in("partner")
        ],
    }
    if action.end:
        data["endTime"] = str(action.end)
    return data


def edition_json_ld(edition: Edition, language: str) -> dict[str, Any]:
    """schema.org Report: the agenda as a publication of its organisation."""
    return {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": _address("agenda:edition", language, edition.key),
        "name": _text(edition, "title", language),
        "description": _text(edition, "description", language),
        "datePublished": edition.published.strftime("%Y-%m"),
        "publisher": {
            "@type": "Organization",
            "name": _text(edition.agenda.organisation, "name", language),
        },
    }


KINDS = (
    Kind(
        name="action",
        label=_("Action"),
        label_plural=_("Actions"),
        icon="flag",
        model=Action,
        card=action_card,
        find=queries.action,
        json_ld=action_json_ld,
        facets={"theme": _("Theme")},
        published=lambda: queries.actions().iterator(chunk_size=200),
        reads=("chapter", "edition", "ownerships__owner", "themes", "reports", "contributes_to__edition"),
    ),
    Kind(
        name="agenda",
        label=_("Agenda"),
        label_plural=_("Agendas"),
        icon="list",
        model=Edition,
        card=edition_card,
        find=lambda key: queries.editions().filter(key=key).first(),
        json_ld=edition_json_ld,
        published=lambda: queries.editions().iterator(),
        reads=("agenda__organisation",),
    ),
)
