# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Dublin Core records of a catalogue service (`csw:Record`)."""

from __future__ import annotations

from typing import Final

from lxml import etree  # type: ignore[import-untyped]

from bronnen.readers.draft import Draft, own_property
from bronnen.records import Thing
from bronnen.vocabulary import DCAT, DCT, FOAF

ROOTS: Final = tuple(f"{{http://www.opengis.net/cat/csw/{version}}}Record" for version in ("2.0.2", "3.0"))
_TEXTS = {"identifier": "identifier", "title": "title", "abstract": "description",
          "description": "description", "subject": "keyword"}  # fmt: skip
_LINKS = {"rights": "rights", "license": "license", "language": "language", "relation": DCT + "relation",
          "source": DCT + "source", "spatial": "spatial", "format": DCT + "format"}  # fmt: skip
_DATES = {"modified": "modified", "issued": "issued", "date": DCT + "date", "created": DCT + "created"}


def record(root: etree._Element, catalogue: str) -> Thing:
    """The record of one element; a type `service` or `series` decides the kind."""
    texts = [(etree.QName(one).localname, _text(one)) for one in root.iterchildren("{*}*")]
    type_ = next((text.lower() for name, text in texts if name == "type"), "")
    kind = {"service": "DataService", "series": "DatasetSeries"}.get(type_, "Dataset")
    draft = Draft(DCAT + kind)
    for name, text in texts:
        _put(draft, name, text)
    return draft.record(None, catalogue)


def _put(draft: Draft, name: str, text: str) -> None:
    if name in _TEXTS:
        draft.text(_TEXTS[name], text)
    elif name in _LINKS:
        draft.link(_LINKS[name], text)
    elif name in _DATES:
        draft.date(_DATES[name], text)
    elif name in ("publisher", "creator") and text:
        agent = Draft(FOAF + "Agent")
        agent.text("name", text)
        draft.put(name, agent.nested())
    elif name in ("URI", "references") and text:
        form = Draft(DCAT + "Distribution")
        form.link("access_url", text)
        draft.put("distribution" if name == "URI" else "page", form.nested())
    else:
        draft.text(own_property("dublin-core", name), text)


def _text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext()).strip()
