# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Namespaces and the classes that make a record of a kind."""

from typing import Final

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
DCT: Final = "http://purl.org/dc/terms/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
ADMS: Final = "http://www.w3.org/ns/adms#"
DCATAP: Final = "http://data.europa.eu/r5r/"
OWL: Final = "http://www.w3.org/2002/07/owl#"
SPDX: Final = "http://spdx.org/rdf/terms#"
LOCN: Final = "http://www.w3.org/ns/locn#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
GSP: Final = "http://www.opengis.net/ont/geosparql#"
SCHEMA: Final = "http://schema.org/"
ORG: Final = "http://www.w3.org/ns/org#"
#: Fields of other formats that have no property in DCAT: kept under the name that the source gave them.
FIELD: Final = "urn:x-bronnen:field:"

TYPE: Final = RDF + "type"
JSON: Final = RDF + "JSON"

PREFIXES: Final = {
    "rdf": RDF, "xsd": XSD, "dcat": DCAT, "dct": DCT, "foaf": FOAF, "vcard": VCARD, "adms": ADMS,
    "dcatap": DCATAP, "owl": OWL, "spdx": SPDX, "locn": LOCN, "skos": SKOS, "geosparql": GSP,
}  # fmt: skip
