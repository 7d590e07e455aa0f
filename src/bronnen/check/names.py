# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Short names of properties and classes, as people write them, and their IRIs."""

from __future__ import annotations

from typing import Final

from bronnen.vocabulary import (
    ADMS,
    DCAT,
    DCATAP,
    DCT,
    FOAF,
    GSP,
    LOCN,
    ORG,
    OWL,
    RDF,
    SCHEMA,
    SKOS,
    SPDX,
    VCARD,
    XSD,
)

_PREFIXES: Final = {
    "adms": ADMS, "dcat": DCAT, "dcatap": DCATAP, "dct": DCT, "foaf": FOAF, "locn": LOCN, "org": ORG,
    "owl": OWL, "rdf": RDF, "schema": SCHEMA, "skos": SKOS, "spdx": SPDX, "vcard": VCARD, "xsd": XSD,
    "eli": "http://data.europa.eu/eli/ontology#", "odrl": "http://www.w3.org/ns/odrl/2/",
    "prov": "http://www.w3.org/ns/prov#", "time": "http://www.w3.org/2006/time#", "gsp": GSP,
}  # fmt: skip


def long(name: str) -> str:
    """The IRI of a short name; KeyError when its prefix is unknown."""
    prefix, _, local = name.partition(":")
    return _PREFIXES[prefix] + local


def short(iri: str) -> str:
    """The short name of an IRI, or the IRI when it has none."""
    for prefix, start in _PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri[len(start) :]}"
    return iri
