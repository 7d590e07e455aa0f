# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from datetime import date

from knooppunt.catalogue.kinds import CardData, Facet, Kind, Link, Text, path
from tests.toykind.models import Toy

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
