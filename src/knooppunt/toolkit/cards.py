# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of this app: a question that is asked often, and a definition."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from knooppunt.catalogue.kinds import CardData, Facet, Kind, Link, Text, path
from knooppunt.catalogue.models import RelationType
from knooppunt.catalogue.wording import LANGUAGES, label_pair, pair, words
from knooppunt.toolkit import markup, queries, skos
from knooppunt.toolkit.models import Faq, Instrument, Step, Term, Theme


def instrument_card(instrument: Instrument) -> CardData:
    """An instrument as it is offered now, findable by its questions."""
    content = instrument.current.content if instrument.current else {}
    asked = [question["text"] for part in content.get("sections", []) for question in part["questions"]]
    return CardData(
        key=instrument.slug,
        url=path("toolkit:instrument", instrument.slug),
        title=pair(content.get("title")),
        summary=pair(content.get("summary")),
        text=Text(*("\n".join(text.get(language, "") for text in asked) for language in LANGUAGES)),
    )


def instrument_json_ld(instrument: Instrument, language: str) -> dict[str, Any]:
    """schema.org CreativeWork: what it is for and which version is offered."""
    if instrument.current is None:
        return {}
    content = instrument.current.content
    return {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": f"{settings.PUBLIC_URL}/{language}{path('toolkit:instrument', instrument.slug)}",
        "name": words(content["title"], language).text,
        "abstract": words(content["summary"], language).text,
        "version": content["version"],
    }


def step_card(step: Step) -> CardData:
    """A step, with the instruments that it uses and the practices that are its examples."""
    content = step.content
    texts = [*content["do"], *content["ask"], *content["pitfalls"], content["involve"]]
    return CardData(
        key=step.slug,
        url=path("toolkit:step", step.slug),
        title=pair(content["title"]),
        summary=pair(content["why"]),
        text=Text(*("\n".join(text.get(language, "") for text in texts) for language in LANGUAGES)),
        links=(
            *(Link(RelationType.USES, "instrument", slug) for slug in content["instruments"]),
            *(Link(RelationType.RELATED, "practice", slug) for slug in content["examples"]),
        ),
    )


def step_json_ld(step: Step, language: str) -> dict[str, Any]:
    """schema.org HowToStep."""
    return {
        "@context": "https://schema.org",
        "@type": "HowToStep",
        "@id": f"{settings.PUBLIC_URL}/{language}{path('toolkit:step', step.slug)}",
        "position": step.number,
        "name": words(step.content["title"], language).text,
        "itemListElement": [
            {"@type": "HowToDirection", "text": words(text, language).text} for text in step.content["do"]
        ],
    }


def faq_card(faq: Faq) -> CardData:
    """The question is the title, the answer in one sentence the summary, the whole answer text to search."""
    content = faq.shown.content if faq.shown else {}
    answer = content.get("answer", {})
    return CardData(
        key=faq.slug,
        url=path("toolkit:faq", faq.slug),
        title=pair(content.get("question")),
        summary=pair(content.get("short")),
        text=Text(*(markup.as_text(answer.get(language, "")) for language in LANGUAGES)),
        language=faq.shown.language if faq.shown else "",
        facets=(Facet("theme", faq.theme, label_pair(Theme(faq.theme).label)),),
        links=tuple(Link(RelationType.USES, "term", slug) for slug in content.get("terms", [])),
    )


def term_card(term: Term) -> CardData:
    """A definition, findable by its other names too."""
    content = term.shown.content if term.shown else {}
    also = content.get("also", {})
    return CardData(
        key=term.slug,
        url=path("toolkit:term", term.slug),
        title=pair(content.get("label")),
        summary=pair(content.get("definition")),
        text=Text(*(", ".join(also.get(language, [])) for language in LANGUAGES)),
        language=term.shown.language if term.shown else "",
        facets=(Facet("theme", term.theme, label_pair(Theme(term.theme).label)),),
        links=tuple(
            Link(RelationType.RELATED, "term", slug)
            for slug in (*content.get("broader", []), *content.get("related", []))
        ),
    )


def faq_json_ld(faq: Faq, language: str) -> dict[str, Any]:
    """schema.org FAQPage of one question."""
    version = faq.public
    if version is None:
        return {}
    content = version.content
    answer = words(content["answer"], language)
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "@id": f"{settings.PUBLIC_URL}/{language}{path('toolkit:faq', faq.slug)}",
        "inLanguage": answer.lang or language,
        "dateModified": content["reviewed"],
        "mainEntity": {
            "@type": "Question",
            "name": words(content["question"], language).text,
            "acceptedAnswer": {"@type": "Answer", "text": markup.as_text(answer.text)},
        },
    }


KINDS = (
    Kind(
        name="faq",
        label=_("Question and answer"),
        label_plural=_("Questions and answers"),
        icon="question",
        model=Faq,
        card=faq_card,
        find=lambda key: queries.find("faq", key),
        json_ld=faq_json_ld,
        facets={"theme": _("Theme")},
        published=lambda: queries.public("faq").iterator(chunk_size=200),
        reads=("versions",),
    ),
    Kind(
        name="term",
        label=_("Definition"),
        label_plural=_("Definitions"),
        icon="book",
        model=Term,
        card=term_card,
        find=lambda key: queries.find("term", key),
        json_ld=skos.json_ld,
        facets={"theme": _("Theme")},
        published=lambda: queries.public("term").iterator(chunk_size=200),
        reads=("versions",),
    ),
    Kind(
        name="instrument",
        label=_("Instrument"),
        label_plural=_("Instruments"),
        icon="check",
        model=Instrument,
        card=instrument_card,
        find=lambda key: Instrument.objects.filter(slug=key).first(),
        json_ld=instrument_json_ld,
        published=lambda: Instrument.objects.filter(offered=True),
        reads=("versions",),
    ),
    Kind(
        name="step",
        label=_("Step"),
        label_plural=_("Steps"),
        icon="steps",
        model=Step,
        card=step_card,
        find=lambda key: Step.objects.filter(slug=key).first(),
        json_ld=step_json_ld,
        published=lambda: Step.objects.all(),
    ),
)
