# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The two kinds of this app: an organisation, and a person who wants to be found."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from knooppunt.catalogue.kinds import CardData, Facet, Kind, Link, Text, path
from knooppunt.catalogue.models import RelationType
from knooppunt.people import queries
from knooppunt.people.models import Consent, Organisation, OrganisationKind, User

TOOI = "https://identifier.overheid.nl/tooi/id"
TOOI_KINDS = {OrganisationKind.MUNICIPALITY: "gemeente", OrganisationKind.PROVINCE: "provincie"}


def name_of(organisation: Organisation) -> Text:
    return Text(organisation.name_nl, organisation.name_en)


def label_of(kind: str) -> Text:
    labels = {}
    for language in ("nl", "en"):
        with override(language):
            labels[language] = str(OrganisationKind(kind).label)
    return Text(**labels)


def organisation_card(organisation: Organisation) -> CardData:
    """An organisation with its kind, province, identifiers and the names it had before."""
    former = [s.predecessor for s in organisation.predecessions.all()]
    label = label_of(organisation.kind)
    parent = organisation.parent
    place = parent.name_nl if parent else organisation.place
    known = " ".join(filter(None, [organisation.code, organisation.oin, organisation.place]))
    facets = [
        Facet("organisation_kind", organisation.kind, label),
        Facet("organisation", organisation.slug, name_of(organisation)),
    ]
    if parent:
        facets.append(Facet("region", parent.slug, name_of(parent)))
    return CardData(
        key=organisation.slug,
        url=path("people:organisation", organisation.slug),
        title=name_of(organisation),
        summary=Text(*(", ".join(filter(None, [kind, place])) for kind in (label.nl, label.en))),
        text=Text(
            "\n".join([known, *(o.name_nl for o in former)]), "\n".join([known, *(o.name_en for o in former)])
        ),
        facets=tuple(facets),
        links=tuple(Link(RelationType.FOLLOWS_UP, "organisation", o.slug) for o in former),
        place=organisation.place,
    )


def organisation_json_ld(organisation: Organisation, language: str) -> dict[str, Any]:
    """schema.org GovernmentOrganization, with the official identifiers."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "@id": f"{settings.PUBLIC_URL}{path('people:organisation', organisation.slug)}",
        "name": organisation.name_nl if language == "nl" else organisation.name_en,
        "url": f"{settings.PUBLIC_URL}/{language}{path('people:organisation', organisation.slug)}",
    }
    if organisation.oin:
        data["identifier"] = {"@type": "PropertyValue", "propertyID": "OIN", "value": organisation.oin}
    if organisation.kind in TOOI_KINDS and organisation.code:
        data["sameAs"] = f"{TOOI}/{TOOI_KINDS[organisation.kind]}/{organisation.code}"
    if organisation.place:
        data["location"] = {"@type": "Place", "name": organisation.place}
    return data


def findable_people() -> Any:
    """People who let everyone see their name, with what their card needs."""
    return (
        User.objects.filter(is_active=True, consents__field=Consent.Field.NAME)
        .exclude(profile__name="")
        .select_related("profile")
        .prefetch_related("consents", "expertise", "memberships__organisation")
        .distinct()
    )


def person(key: str) -> User | None:
    return findable_people().filter(public_id=key).first()


def person_card(user: User) -> CardData:
    """What a person lets everyone see, and nothing else; the caller checks that the name may be shown."""
    profile, shown = user.profile, {consent.field for consent in user.consents.all()}
    organisations = list(dict.fromkeys(m.organisation for m in user.memberships.all()))
    facets = [Facet("organisation", o.slug, name_of(o)) for o in organisations]
    offered: list[str] = []
    if Consent.Field.EXPERTISE in shown:
        offered = [e.subject for e in user.expertise.all() if e.direction == e.Direction.OFFERED]
        facets += [Facet("expertise", subject.lower()[:100], Text(subject, subject)) for subject in offered]
    position = profile.position if Consent.Field.POSITION in shown else ""
    about = profile.about if Consent.Field.ABOUT in shown else ""
    per_language = lambda text: Text(**{profile.language: text})  # noqa: E731
    return CardData(
        key=user.public_id,
        url=path("people:person", user.public_id),
        title=Text(profile.name, profile.name),
        summary=Text(
            ", ".join(filter(None, [position, *(o.name_nl for o in organisations)])),
            ", ".join(filter(None, [position, *(o.name_en for o in organisations)])),
        ),
        text=per_language("\n".join(filter(None, [about, *offered]))),
        facets=tuple(facets),
    )


def person_json_ld(user: User, language: str) -> dict[str, Any]:
    address = f"{settings.PUBLIC_URL}/{language}{path('people:person', user.public_id)}"
    return {"@context": "https://schema.org", "@type": "Person", "name": user.profile.name, "url": address}


KINDS = (
    Kind(
        name="organisation",
        label=_("Organisation"),
        label_plural=_("Organisations"),
        icon="building",
        model=Organisation,
        card=organisation_card,
        find=queries.organisation,
        json_ld=organisation_json_ld,
        facets={"organisation_kind": _("Kind of organisation"), "region": _("Province")},
        published=lambda: queries.organisations().prefetch_related("predecessions__predecessor"),
        only_named=True,
        reads=("parent", "predecessions__predecessor"),
    ),
    Kind(
        name="person",
        label=_("Person"),
        label_plural=_("People"),
        icon="person",
        model=User,
        card=person_card,
        find=person,
        json_ld=person_json_ld,
        facets={"expertise": _("Offers help with")},
        published=findable_people,
    ),
)
