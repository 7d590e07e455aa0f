# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Definitions for machines: each a SKOS concept, together one concept scheme (JSON-LD, Turtle)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from knooppunt.catalogue.kinds import path
from knooppunt.toolkit import queries

SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def scheme() -> str:
    return f"{settings.PUBLIC_URL}/nl{path('toolkit:terms')}"


def concept(slug: str) -> str:
    """The address of a definition's Dutch page: the one identifier of the concept."""
    return f"{settings.PUBLIC_URL}/nl{path('toolkit:term', slug)}"


def json_ld(term: Any, language: str) -> dict[str, Any]:
    """One definition as skos:Concept, all languages together."""
    version = term.public
    if version is None:
        return {}
    content = version.content
    data = {
        "@context": {"@vocab": SKOS},
        "@type": "Concept",
        "@id": concept(term.slug),
        "inScheme": {"@id": scheme()},
        "prefLabel": _literals(content["label"]),
        "definition": _literals(content["definition"]),
        "altLabel": [
            {"@language": lang, "@value": name}
            for lang, names in content.get("also", {}).items()
            for name in names
        ],
    }
    for field in ("broader", "related"):
        data[field] = [{"@id": concept(slug)} for slug in content.get(field, [])]
    return {key: value for key, value in data.items() if value}


def _literals(text: dict[str, str]) -> list[dict[str, str]]:
    return [{"@language": language, "@value": value} for language, value in text.items()]


def turtle() -> bytes:
    """The whole scheme."""
    made = serialize(_triples(), format=RdfFormat.TURTLE, prefixes={"skos": SKOS})
    assert made is not None  # noqa: S101 - bytes, since no output was given
    return made


def _triples() -> Iterator[Triple]:
    top = NamedNode(scheme())
    yield Triple(top, RDF_TYPE, NamedNode(f"{SKOS}ConceptScheme"))
    yield Triple(top, NamedNode(f"{SKOS}prefLabel"), Literal("Begrippen van het Knooppunt", language="nl"))
    yield Triple(top, NamedNode(f"{SKOS}prefLabel"), Literal("Definitions of Knooppunt", language="en"))
    for term in queries.public("term"):
        data = json_ld(term, "nl")
        subject = NamedNode(data["@id"])
        yield Triple(subject, RDF_TYPE, NamedNode(f"{SKOS}Concept"))
        yield Triple(subject, NamedNode(f"{SKOS}inScheme"), top)
        for name in ("prefLabel", "altLabel", "definition"):
            for text in data.get(name, []):
                yield Triple(
                    subject, NamedNode(SKOS + name), Literal(text["@value"], language=text["@language"])
                )
        for name in ("broader", "related"):
            for other in data.get(name, []):
                yield Triple(subject, NamedNode(SKOS + name), NamedNode(other["@id"]))
