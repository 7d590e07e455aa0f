# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small catalogues of our own, and the findings of a check of them."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

from bronnen.check import FORMATS, Options, check

PREFIXES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix dcatap: <http://data.europa.eu/r5r/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix e: <https://e.org/> .
@prefix eu: <http://publications.europa.eu/resource/authority/> .
@prefix spdx: <http://spdx.org/rdf/terms#> .
"""
DESCRIPTION = (
    "Alle bomen in beheer van de gemeente, met soort en plantjaar. Bedoeld voor wie onderhoud plant."
)
#: A dataset with one distribution that meets all that DCAT-AP-NL asks and recommends of them.
WHOLE = f"""{PREFIXES}
e:trees a dcat:Dataset ; dct:title "Bomen"@nl ; dct:description "{DESCRIPTION}"@nl ; dct:identifier "trees" ;
  dct:publisher e:town ; dct:creator e:town ; dcat:contactPoint [ a vcard:Organization ; vcard:fn "Loket" ] ;
  dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI> ; dcat:keyword "boom"@nl ;
  dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
  dct:language <http://publications.europa.eu/resource/authority/language/NLD> ; dct:conformsTo e:model ;
  dct:spatial e:place ; dct:temporal [ a dct:PeriodOfTime ; dcat:startDate "2020-01-01"^^xsd:date ;
    dcat:endDate "2024-12-31"^^xsd:date ] ; dcat:landingPage e:page ; foaf:page e:manual ;
  dct:issued "2024-02-29"^^xsd:date ; dct:modified "2024-03-01T10:00:00Z"^^xsd:dateTime ;
  dcat:distribution e:csv .
e:csv a dcat:Distribution ; dct:title "CSV"@nl ; dct:description "Als tabel"@nl ; dcat:accessURL e:get ;
  dcat:downloadURL e:file ; dcat:accessService e:api ; dct:conformsTo e:model ;
  dct:license <http://creativecommons.org/publicdomain/zero/1.0/> ; dct:rights e:rights ;
  dct:language <http://publications.europa.eu/resource/authority/language/NLD> ;
  dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ;
  dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ;
  dcatap:availability <http://publications.europa.eu/resource/authority/planned-availability/STABLE> ;
  dcat:byteSize "1000"^^xsd:nonNegativeInteger ;
  dct:issued "2024-02-29"^^xsd:date ; dct:modified "2024-03-01"^^xsd:date .
e:town a foaf:Organization ; foaf:name "Gemeente Voorbeeld"@nl ;
  dct:type <http://purl.org/adms/publishertype/LocalAuthority> .
"""


def checked(tmp_path: Path, text: str, **options: Any) -> dict[str, Any]:
    """The result of a check of a catalogue in Turtle."""
    source = tmp_path / "catalogue.ttl"
    source.write_text(text, encoding="utf-8")
    with check(str(source), Options(**options)) as result:
        output = BytesIO()
        FORMATS["json"](result, output, "nl")
    found: dict[str, Any] = json.loads(output.getvalue())
    return found


def rules(found: dict[str, Any]) -> list[str]:
    """The rules of the findings, in order of name."""
    return sorted(one["rule"] for one in found["findings"])
