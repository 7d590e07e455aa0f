# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""DCAT-US (`data.json`, Project Open Data 1.1): its fields have fixed names, whatever its context says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bronnen.readers.draft import Draft, plain
from bronnen.records import Thing
from bronnen.vocabulary import DCAT, FOAF, VCARD

_DATASET = (
    "@type", "@id", "title", "description", "identifier", "keyword", "modified", "issued", "landingPage",
    "license", "rights", "spatial", "temporal", "theme", "publisher", "contactPoint", "distribution",
    "accrualPeriodicity", "language", "conformsTo", "references", "webService", "isPartOf",
)  # fmt: skip
_TEXTS = {"title": "title", "description": "description", "identifier": "identifier", "temporal": "temporal"}
_LINKS = {
    "license": "license", "rights": "rights", "landingPage": "landing_page", "theme": "theme",
    "accrualPeriodicity": "frequency", "language": "language", "conformsTo": "conforms_to",
    "references": "page", "spatial": "spatial",
}  # fmt: skip
_FORM_LINKS = {
    "accessURL": "access_url", "downloadURL": "download_url", "format": "format", "mediaType": "media_type",
    "license": "license", "rights": "rights", "conformsTo": "conforms_to", "describedBy": "page",
}  # fmt: skip


def is_dataset(form: Any) -> bool:
    """Whether a JSON object looks like a dataset of DCAT-US."""
    return (
        isinstance(form, Mapping)
        and "title" in form
        and bool({"identifier", "accessLevel", "distribution", "landingPage"} & set(form))
    )


def record(form: Mapping[str, Any], catalogue: str) -> Thing:
    """The dataset; its identifier is its IRI only where `@id` says so."""
    draft = Draft(DCAT + "Dataset")
    for key, name in _TEXTS.items():
        draft.text(name, form.get(key))
    for key, name in _LINKS.items():
        draft.link(name, form.get(key))
    for key in ("modified", "issued"):
        draft.date(key, form.get(key))
    words = form.get("keyword")
    for word in words if isinstance(words, list) else [words]:
        draft.text("keyword", word)
    draft.link("series", form.get("isPartOf"))
    if publisher := form.get("publisher"):
        draft.put("publisher", _publisher(publisher))
    if contact := form.get("contactPoint"):
        draft.put("contact", _contact(contact))
    forms = form.get("distribution") or []
    for one in forms if isinstance(forms, list) else [forms]:
        draft.put("distribution", _distribution(one) if isinstance(one, Mapping) else plain(one))
    draft.keep("dcat-us", form, set(_DATASET) - {"webService"})
    id_ = form.get("@id")
    return draft.record(id_ if isinstance(id_, str) and id_.startswith("http") else None, catalogue)


def _publisher(form: Any) -> Thing:
    if not isinstance(form, Mapping):
        draft = Draft(FOAF + "Agent")
        draft.text("name", form)
        return draft.nested()
    draft = Draft(FOAF + "Agent", FOAF + "Organization")
    draft.text("name", form.get("name"))
    draft.keep("dcat-us", form, ("name", "@type"))
    return draft.nested()


def _contact(form: Any) -> Thing:
    draft = Draft(VCARD + "Kind")
    if not isinstance(form, Mapping):
        draft.text(VCARD + "fn", form)
        return draft.nested()
    draft.text(VCARD + "fn", form.get("fn"))
    draft.link(VCARD + "hasEmail", form.get("hasEmail"))
    draft.keep("dcat-us", form, ("fn", "hasEmail", "@type"))
    return draft.nested()


def _distribution(form: Mapping[str, Any]) -> Thing:
    draft = Draft(DCAT + "Distribution")
    draft.text("title", form.get("title"))
    draft.text("description", form.get("description"))
    for key, name in _FORM_LINKS.items():
        draft.link(name, form.get(key))
    draft.keep("dcat-us", form, (*_FORM_LINKS, "title", "description", "@type"))
    return draft.nested()
