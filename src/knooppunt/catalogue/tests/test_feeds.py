# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Feeds against what RFC 4287 asks of a feed and of each entry."""

from __future__ import annotations

from datetime import datetime
from xml.etree.ElementTree import Element, fromstring

import pytest

from knooppunt.catalogue import indexing, services

# Readers of the log stop before open transactions, so these tests must commit what they do.
pytestmark = pytest.mark.django_db(transaction=True)
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read(client, address: str) -> Element:
    return fromstring(client.get(address).content)  # noqa: S314 - our own feed


def link(element: Element, rel: str) -> str:
    (found,) = [e.get("href") for e in element.iter(f"{ATOM}link") if e.get("rel") == rel][:1]
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_feed_has_all_that_a_feed_must_have(client, make_toy, language):
    services.publish_many([make_toy(text="schulden"), make_toy(text="schulden")])
    indexing.ensure()
    feed = read(client, f"/{language}/zoeken.atom?q=schulden&colour=red&page=3")
    assert feed.get(LANG) == language
    assert link(feed, "self") == f"http://testserver/{language}/zoeken.atom?q=schulden&colour=red"
    assert link(feed, "alternate") == f"http://testserver/{language}/zoeken?q=schulden&colour=red"
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 2
    for element in (feed, *entries):
        assert element.find(f"{ATOM}id").text.startswith("http")
        assert element.find(f"{ATOM}title").text
        assert datetime.fromisoformat(element.find(f"{ATOM}updated").text).tzinfo
    assert all(link(entry, "alternate").startswith(f"http://testserver/{language}/") for entry in entries)
    identifiers = {element.find(f"{ATOM}id").text for element in (feed, *entries)}
    assert len(identifiers) == 3


def test_an_entry_says_in_which_language_it_is(client, make_toy):
    services.publish(make_toy(name_nl="Voetbal", name_en=""))
    services.publish(make_toy(name_nl="Poppenhuis", name_en="Doll's house"))
    entries = read(client, "/en/zoeken.atom").findall(f"{ATOM}entry")
    assert [(e.find(f"{ATOM}title").text, e.get(LANG)) for e in entries] == [
        ("Doll's house", "en"),
        ("Voetbal", "nl"),
    ]


def test_plain_text_stays_plain(client, make_toy):
    """A summary in Atom1Feed is HTML: a reader must see the characters, not an element."""
    services.publish(make_toy(name_nl="a < b", text="<b>vet</b> & meer"))
    (entry,) = read(client, "/nl/zoeken.atom").findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "a < b"
    assert entry.find(f"{ATOM}summary").text == "&lt;b&gt;vet&lt;/b&gt; &amp; meer"


@pytest.mark.parametrize("character", ["\x01", "\x0b", "\x1f", "\x7f", "\ufffe"])
def test_what_xml_cannot_hold_is_left_out(client, make_toy, character):
    services.publish(make_toy(name_nl=f"Voet{character}bal", text=f"regel{character}\nregel"))
    entry = read(client, "/nl/zoeken.atom").find(f"{ATOM}entry")
    assert (entry.find(f"{ATOM}title").text, entry.find(f"{ATOM}summary").text) == ("Voetbal", "regel\nregel")
    assert (
        read(client, f"/nl/zoeken.atom?q=x{character}y").find(f"{ATOM}title").text.startswith("Knooppunt: x")
    )
