# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers and definitions: from file to card, who may move them, and what their pages say."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from knooppunt.catalogue.contentfile import ContentError
from knooppunt.catalogue.models import Card, Tombstone
from knooppunt.toolkit import contentcheck, markup, portable, queries, services
from knooppunt.toolkit.models import Entry, Version
from knooppunt.toolkit.states import FLOW, Party, State
from knooppunt.web import explaining

FAQ = """theme: sharing
entries:
  - id: mag-het
    question: {nl: 'Mag het?', en: 'Is it allowed?'}
    answer: {nl: 'Met een grondslag wel. Een grondslag staat in de wet.', en: With a legal ground.}
    short: {nl: Soms., en: Sometimes.}
    laws: [avg-6]
    legal: true
    reviewed: 2020-01-31
    review_months: 13
    terms: [grondslag]
"""
TERMS = """theme: grounds
terms:
  - id: grondslag
    label: {nl: grondslag, en: legal ground}
    also: {nl: [grondslagen]}
    definition: {nl: De reden in de wet., en: The reason in law.}
"""
ANSWER = {
    "question": {"nl": "Mag ik dit delen?"},
    "answer": {"nl": "Dat hangt ervan af."},
    "short": {"nl": "Soms."},
    "laws": ["avg-6"],
    "legal": True,
    "reviewed": "2026-11-25",
}


@pytest.fixture
def content(tmp_path) -> Path:
    for name, text in (("faq", FAQ), ("terms", TERMS)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def loaded(content, db) -> Path:
    services.load_content(content)
    return content


def test_every_state_is_reached_and_every_move_has_owner_and_label():
    moves = [move for verb in FLOW.verbs.values() for move in verb.moves]
    assert {State.DRAFT, *(move.target for move in moves)} == set(State)
    assert all(move.parties for move in moves)
    assert all(verb.label for verb in FLOW.verbs.values())
    assert all(deed <= set(Party) and deed for deed in FLOW.deeds.values())


@pytest.mark.parametrize(("source", "verb"), list(itertools.product(State, FLOW)))
def test_a_move_is_made_only_by_whose_it_is(world, source, verb):
    entry = Entry.objects.create(kind="faq", slug="x", theme="sharing")
    for name in ("hub", "second", "connector", "writer"):
        version = Version.objects.create(
            entry=entry, number=1, state=source, content=ANSWER, changed=timezone.now()
        )
        version.writers.add(world.hub)
        mine = {"hub": {Party.EDITOR}, "second": {Party.EDITOR, Party.READER}}.get(name, set())
        move = FLOW.find(verb, source)
        if move and move.parties & mine:
            moved = services.move(version, verb, actor=getattr(world, name), note="daarom")
            assert moved.state == move.target
        else:
            with pytest.raises((PermissionDenied, services.NotNowError)):
                services.move(version, verb, actor=getattr(world, name), note="daarom")
        version.delete()


def test_the_content_that_comes_with_the_hub_loads_and_a_second_time_changes_nothing(db):
    assert "written: 0" not in services.load_content()
    assert "written: 0" in services.load_content()
    assert Card.objects.filter(kind="faq").exists()
    assert Card.objects.filter(kind="term").exists()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("en: Sometimes.", "", "a.yaml:6: The text in 'en' is missing."),
        ("laws: [avg-6]", "laws: [avg-66]", "a.yaml:7: There is no 'avg-66' among the laws."),
        ("terms: [grondslag]", "terms: [gronslag]", "Did you mean 'grondslag'?"),
        ("2020-01-31", "2020-02-31", "a.yaml:9: '2020-02-31' is not a day."),
        ("legal: true", "legaal: true", "Did you mean 'legal'?"),
    ],
)
def test_wrong_content_says_file_line_and_cure(content, old, new, says, language_en):
    file = content / "faq" / "a.yaml"
    file.write_text(FAQ.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError, match=r"a\.yaml:") as error:
        contentcheck.load(content)
    assert says in str(error.value)


@pytest.fixture
def language_en():
    from django.utils.translation import override

    with override("en"):
        yield


def test_what_was_written_in_the_hub_is_not_overwritten(loaded, world):
    entry = queries.find("faq", "mag-het")
    draft = services.new_version(entry, actor=world.hub)
    services.save(draft, draft.content | {"short": {"nl": "Nee."}}, actor=world.hub)
    services.move(draft, "submit", actor=world.hub)
    services.move(draft, "publish", actor=world.second)
    (loaded / "faq" / "a.yaml").write_text(FAQ.replace("Soms.", "Altijd."), encoding="utf-8")
    services.load_content(loaded)
    assert queries.find("faq", "mag-het").public.content["short"] == {"nl": "Nee."}
    assert Card.objects.get(kind="faq", key="mag-het").summary_nl == "Nee."


@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_show_law_disclaimer_and_that_the_review_day_has_passed(client, loaded, language):
    page = client.get(f"/{language}/veelgestelde-vragen/mag-het").content.decode()
    words = {
        "nl": ("AVG, artikel 6", "geen juridisch advies", "verouderd"),
        "en": ("GDPR, article 6", "no legal advice", "out of date"),
    }
    assert all(word in page for word in words[language])
    for path in ("toolkit", "veelgestelde-vragen", "begrippen", "begrippen/grondslag"):
        assert client.get(f"/{language}/{path}").status_code == 200


def test_a_term_is_explained_once_per_page_and_described_there(client, loaded):
    page = client.get("/nl/veelgestelde-vragen/mag-het").content.decode()
    assert page.count('class="kp-term"') == 1
    assert page.count('aria-describedby="begrip-grondslag"') == page.count('id="begrip-grondslag"') == 1


def test_terms_are_not_explained_inside_links_headings_or_parts_of_words(rf, loaded):
    html = '<h2>grondslag</h2><a href="#">grondslag</a> grondslagonderzoek <b title="grondslag">x</b>'
    assert explaining.on_page(rf.get("/"), html, "nl") == html


def test_the_scheme_is_skos(client, loaded):
    answer = client.get("/nl/begrippen.ttl")
    triples = list(parse(answer.content, format=RdfFormat.TURTLE))
    kinds = {t.object.value.split("#")[-1] for t in triples if t.predicate.value.endswith("type")}
    assert kinds == {"ConceptScheme", "Concept"}
    assert any(t.predicate.value.endswith("altLabel") and t.object.value == "grondslagen" for t in triples)


def test_an_answer_of_the_help_desk_needs_a_second_reader(world):
    for writer, actor in ((world.hub, world.hub), (world.hub, world.stranger), (None, world.hub)):
        with pytest.raises(PermissionDenied):
            services.publish_answer("sharing", ANSWER, writer=writer, actor=actor)
    version = services.publish_answer("sharing", ANSWER, writer=world.writer, actor=world.hub)
    assert version.entry.origin == "helpdesk"
    assert Card.objects.get(kind="faq").language == "nl"
    with pytest.raises(ContentError):
        services.publish_answer("sharing", {**ANSWER, "laws": ["x-1"]}, writer=world.writer, actor=world.hub)


def test_renewing_and_withdrawing(world):
    old = (timezone.localdate() - timedelta(days=800)).isoformat()
    version = services.publish_answer(
        "sharing", {**ANSWER, "reviewed": old}, writer=world.writer, actor=world.hub
    )
    assert services.expired() == [version]
    with pytest.raises(PermissionDenied):
        services.renew(version, actor=world.writer)
    services.renew(version, actor=world.second)
    assert services.expired() == []
    services.withdraw_answer(version.entry.slug, "klopt niet meer", actor=world.hub)
    assert not Card.objects.exists()
    assert Tombstone.objects.get().reason_nl == "klopt niet meer"


def test_export_and_import_give_the_same(loaded):
    before = list(portable.export())
    Entry.objects.all().delete()
    assert portable.load(iter(before)) == 2
    assert list(portable.export()) == before


def test_the_api_gives_what_is_public(client, loaded):
    found = client.get("/api/v1/faqs").json()["items"]
    assert [(row["id"], row["expired"], row["laws"][0]["title"]["en"]) for row in found] == [
        ("mag-het", True, "GDPR, article 6 (legal grounds)")
    ]
    assert client.get("/api/v1/terms/grondslag").json()["alsoNl"] == ["grondslagen"]
    assert client.get("/api/v1/terms/niets").status_code == 404


@given(st.text(alphabet="<>&\"'*[]()-1. \nahttps:/ja", max_size=200))
def test_markup_gives_no_tag_that_it_does_not_know(text):
    html = markup.as_html(text)
    for tag in ("p", "ul", "ol", "li", "strong", "em"):
        html = html.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    html = html.replace("</a>", "")
    html = "".join(part.split('">', 1)[-1] for part in html.split('<a href="'))
    assert "<" not in html


def test_markup_refuses_other_addresses():
    assert "<a" not in markup.as_html("[klik](javascript:alert(1))")
    assert markup.as_html("1. een\n2. **twee**") == "<ol><li>een</li><li><strong>twee</strong></li></ol>"
