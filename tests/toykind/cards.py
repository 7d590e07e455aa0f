# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from datetime import date

from knooppunt.catalogue.kinds import CardData, Facet, Kind, Link, Text, path
from knooppunt.catalogue.wording import pair
from knooppunt.people import services as people
from tests.toykind.models import Design, Toy

COLOURS = {"red": Text("rood", "red"), "blue": Text("blauw", "blue")}


def card(toy: Toy) -> CardData:
    placed = toy.latitude is not None and toy.longitude is not None
    return CardData(
        key=toy.slug,
        url=path("toy:detail", toy.slug),
        title=Text(toy.name_nl, toy.name_en),
        summary=Text(toy.text, ""),
        text=Text(toy.text, toy.text),
        facets=(
            Facet("colour", toy.colour, COLOURS[toy.colour]),
            Facet("year", str(toy.year), Text(str(toy.year), str(toy.year))),
        ),
        links=(Link("related", "toy", toy.friend),) if toy.friend else (),
        starts=date(toy.year, 1, 1),
        place="Utrecht" if placed else "",
        position=(toy.latitude, toy.longitude) if placed else None,
    )


KIND = Kind(
    name="toy",
    label="Toy",
    label_plural="Toys",
    icon="toy",
    model=Toy,
    card=card,
    find=lambda key: Toy.objects.filter(slug=key).first(),
    json_ld=lambda toy, language: {"@context": "https://schema.org", "@type": "Thing", "name": toy.name_nl},
    facets={"colour": "Colour"},
)


def design_card(design: Design) -> CardData:
    version = design.public
    content = version.content if version else {}
    return CardData(
        key=design.slug,
        url=path("toy:design", design.slug),
        title=pair(content.get("title")),
        text=pair(content.get("text")),
        language=version.language if version else "",
        facets=tuple(people.organisation_facets(people.organisations([design.organisation]))),
    )


DESIGN = Kind(
    name="design",
    label="Design",
    label_plural="Designs",
    icon="toy",
    model=Design,
    card=design_card,
    find=lambda key: Design.objects.filter(slug=key).first(),
    json_ld=lambda design, language: {
        "@context": "https://schema.org",
        "@type": "HowTo",
        "name": str(design),
    },
    published=lambda: Design.objects.filter(versions__state="published"),
)
