# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""ISO 19139 metadata of datasets, series and services, to DCAT fields.

What has a property is put in its field, in every language that the record gives; the whole element is kept
beside it as XML, so that nothing is lost that has no field.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree  # type: ignore[import-untyped]

from bronnen.readers.draft import Draft, own_property
from bronnen.records import Iri, Literal, Thing
from bronnen.vocabulary import DCAT, DCT, FOAF, RDF, VCARD

GMD: Final = "http://www.isotc211.org/2005/gmd"
ROOT: Final = f"{{{GMD}}}MD_Metadata"
_NS = {
    "gmd": GMD,
    "gco": "http://www.isotc211.org/2005/gco",
    "gmx": "http://www.isotc211.org/2005/gmx",
    "srv": "http://www.isotc211.org/2005/srv",
    "xlink": "http://www.w3.org/1999/xlink",
}
_HREF = f"{{{_NS['xlink']}}}href"
_IDENTIFICATION = "gmd:identificationInfo/*"
_CITATION = f"{_IDENTIFICATION}/gmd:citation/gmd:CI_Citation"
_LINK = "gmd:distributionInfo//gmd:onLine/gmd:CI_OnlineResource"
_CONSTRAINTS = f"{_IDENTIFICATION}/gmd:resourceConstraints/*"
_TWO_LETTERS = {
    "dut": "nl", "nld": "nl", "eng": "en", "ger": "de", "deu": "de", "fre": "fr", "fra": "fr", "ita": "it",
    "spa": "es", "por": "pt", "pol": "pl", "swe": "sv", "dan": "da", "fin": "fi", "gre": "el", "ell": "el",
    "cze": "cs", "ces": "cs", "hun": "hu", "fry": "fy",
}  # fmt: skip
_DATES = {"publication": "issued", "revision": "modified", "creation": DCT + "created"}
_CLASS = {"service": "DataService", "series": "DatasetSeries"}


def record(root: etree._Element, catalogue: str) -> Thing:
    """The record of one metadata element."""
    level = _code(root, "gmd:hierarchyLevel/gmd:MD_ScopeCode") or "dataset"
    draft = Draft(DCAT + _CLASS.get(level, "Dataset"))
    language = _language(root)
    for name, path in (
        ("title", f"{_CITATION}/gmd:title"),
        ("description", f"{_IDENTIFICATION}/gmd:abstract"),
    ):
        for element in _all(root, path):
            draft.put(name, *_texts(element, root, language))
    draft.text("identifier", _text(root, "gmd:fileIdentifier"))
    for element in _all(root, f"{_CITATION}/gmd:identifier/*/gmd:code"):
        for value in _texts(element, root, None):
            draft.link("other_identifier", value.value)
    _dates(draft, root)
    _keywords(draft, root, language)
    _rights(draft, root)
    _people(draft, root)
    _coverage(draft, root)
    _links(draft, root, level == "service")
    draft.put(own_property("iso19139", "xml"), Literal(_xml(root), None, RDF + "XMLLiteral"))
    return draft.record(None, catalogue)


def _dates(draft: Draft, root: etree._Element) -> None:
    for date in _all(root, f"{_CITATION}/gmd:date/gmd:CI_Date"):
        kind = _code(date, "gmd:dateType/gmd:CI_DateTypeCode")
        draft.date(_DATES.get(kind, DCT + "date"), _text(date, "gmd:date"))
    frequency = f"{_IDENTIFICATION}/gmd:resourceMaintenance/*/gmd:maintenanceAndUpdateFrequency/*"
    draft.text("frequency", _code(root, frequency))
    draft.text("status", _code(root, f"{_IDENTIFICATION}/gmd:status/*"))
    for element in _all(root, f"{_IDENTIFICATION}/gmd:language"):
        draft.text("language", _code(element, "*") or _text(element, "."))


def _keywords(draft: Draft, root: etree._Element, language: str | None) -> None:
    for element in _all(root, f"{_IDENTIFICATION}/gmd:descriptiveKeywords/gmd:MD_Keywords/gmd:keyword"):
        if (anchor := element.find("gmx:Anchor", _NS)) is not None and anchor.get(_HREF):
            draft.put("theme", Iri(anchor.get(_HREF, "")))
        draft.put("keyword", *_texts(element, root, language))
    for element in _all(root, f"{_IDENTIFICATION}/gmd:topicCategory/gmd:MD_TopicCategoryCode"):
        draft.text("theme", (element.text or "").strip())


def _rights(draft: Draft, root: etree._Element) -> None:
    for path, name in (("gmd:otherConstraints", "license"), ("gmd:useLimitation", "rights")):
        for element in _all(root, f"{_CONSTRAINTS}/{path}"):
            anchor = element.find("gmx:Anchor", _NS)
            if anchor is not None and anchor.get(_HREF):
                draft.put(name, Iri(anchor.get(_HREF, "")))
            else:
                for value in _texts(element, root, None):
                    draft.link(name, value.value)
    for element in _all(root, f"{_CONSTRAINTS}/gmd:accessConstraints"):
        draft.text("access_rights", _code(element, "*"))


def _people(draft: Draft, root: etree._Element) -> None:
    for party in _all(root, f"{_IDENTIFICATION}/gmd:pointOfContact/gmd:CI_ResponsibleParty"):
        role = _code(party, "gmd:role/gmd:CI_RoleCode")
        organisation = _text(party, "gmd:organisationName")
        if organisation:
            agent = Draft(FOAF + "Agent", FOAF + "Organization")
            agent.text("name", organisation)
            if role in ("publisher", "owner", "custodian", "distributor", "resourceProvider"):
                draft.put("publisher", agent.nested())
            elif role in ("author", "originator"):
                draft.put("creator", agent.nested())
        if role == "pointOfContact":
            draft.put("contact", _contact(party, organisation))


def _contact(party: etree._Element, organisation: str) -> Thing:
    contact = Draft(VCARD + "Kind")
    contact.text(VCARD + "fn", organisation or _text(party, "gmd:individualName"))
    contact.text(VCARD + "hasEmail", _text(party, "gmd:contactInfo//gmd:electronicMailAddress"))
    return contact.nested()


def _coverage(draft: Draft, root: etree._Element) -> None:
    for box in _all(root, f"{_IDENTIFICATION}/*/gmd:EX_Extent//gmd:EX_GeographicBoundingBox"):
        names = ("westBoundLongitude", "southBoundLatitude", "eastBoundLongitude", "northBoundLatitude")
        west, south, east, north = (_text(box, f"gmd:{name}") for name in names)
        place = Draft(DCT + "Location")
        corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
        outline = ", ".join(f"{x} {y}" for x, y in corners)
        wkt = "http://www.opengis.net/ont/geosparql#wktLiteral"
        place.put(DCAT + "bbox", Literal(f"POLYGON(({outline}))", None, wkt))
        draft.put("spatial", place.nested())
    for element in _all(root, f"{_IDENTIFICATION}/*/gmd:EX_Extent/gmd:temporalElement//gmd:extent/*"):
        period = Draft(DCT + "PeriodOfTime")
        for part, property_ in (("beginPosition", "startDate"), ("endPosition", "endDate")):
            found = [one for one in element.iter() if etree.QName(one).localname == part]
            for one in found:
                period.date(DCAT + property_, (one.text or "").strip())
        draft.put("temporal", period.nested())


def _links(draft: Draft, root: etree._Element, service: bool) -> None:
    formats = [_text(one, ".") for one in _all(root, "gmd:distributionInfo//gmd:MD_Format/gmd:name")]
    for resource in _all(root, _LINK):
        address = _text(resource, "gmd:linkage", "gmd:URL")
        if not address:
            continue
        if service:
            draft.link("endpoint_url", address)
            continue
        form = Draft(DCAT + "Distribution")
        form.link("access_url", address)
        form.text("title", _text(resource, "gmd:name"))
        form.text("description", _text(resource, "gmd:description"))
        form.text(own_property("iso19139", "protocol"), _text(resource, "gmd:protocol"))
        for format_ in formats:
            form.text("format", format_)
        draft.put("distribution", form.nested())
    for operated in _all(root, f"{_IDENTIFICATION}/srv:operatesOn"):
        draft.link("serves_dataset" if service else DCT + "relation", operated.get(_HREF))


def _texts(element: etree._Element, root: etree._Element, language: str | None) -> Iterator[Literal]:
    """The text in the language of the record, and every translation with its own."""
    main = _text(element, ".")
    if main:
        yield Literal(main, language)
    for translation in _all(element, "gmd:PT_FreeText/gmd:textGroup/gmd:LocalisedCharacterString"):
        locale = translation.get("locale", "").lstrip("#")
        if value := (translation.text or "").strip():
            yield Literal(value, _locale(root, locale) or language)


def _language(root: etree._Element) -> str | None:
    given = _code(root, "gmd:language/gmd:LanguageCode") or _text(root, "gmd:language")
    return _tag(given)


def _locale(root: etree._Element, name: str) -> str | None:
    for locale in _all(root, "gmd:locale/gmd:PT_Locale"):
        if locale.get("id") == name:
            return _tag(_code(locale, "gmd:languageCode/gmd:LanguageCode"))
    return _tag(name)


def _tag(code: str) -> str | None:
    code = code.strip().lower()
    if code in _TWO_LETTERS:
        return _TWO_LETTERS[code]
    return code if code.isascii() and code.isalpha() and 2 <= len(code) <= 3 else None


def _all(element: etree._Element, path: str) -> list[etree._Element]:
    return list(element.findall(path, _NS))


def _code(element: etree._Element, path: str) -> str:
    found = element.find(path, _NS)
    return "" if found is None else (found.get("codeListValue") or (found.text or "")).strip()


def _text(element: etree._Element, path: str, child: str = "") -> str:
    """The text of an element that wraps a character string, an anchor, a date, a number or a URL."""
    found = element.find(path, _NS)
    if found is None:
        return ""
    wrapped = found.find(child, _NS) if child else next(iter(found.iterchildren("{*}*")), None)
    if wrapped is None or etree.QName(wrapped).localname == "PT_FreeText":
        return (found.text or "").strip()
    return "".join(str(part) for part in wrapped.itertext()).strip()


def _xml(root: etree._Element) -> str:
    return str(etree.tostring(root, encoding="unicode", with_tail=False))
