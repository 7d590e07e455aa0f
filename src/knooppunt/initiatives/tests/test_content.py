# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The initiatives that the source text names: in shape, both languages, gaps named, and people take over."""

from __future__ import annotations

import pytest
from django.urls import reverse

from knooppunt.catalogue import loading
from knooppunt.catalogue.contentfile import ContentError
from knooppunt.catalogue.contentschema import texts
from knooppunt.catalogue.models import Card, Relation
from knooppunt.initiatives import services
from knooppunt.initiatives.contentcheck import CONTENT, load
from knooppunt.initiatives.models import Initiative
from knooppunt.initiatives.tests.conftest import GOUDA, VALUES

FILES = sorted(CONTENT.glob("*.yaml"))
SLUG = "studenten-tegen-overlast"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_file_is_an_initiative_named_after_its_file_with_figures_of_the_source_only(file):
    data = load(file).data
    assert data["initiative"] == file.stem
    words = " ".join(str(value) for _keys, text in texts(data) for value in text.values()).split()
    assert {word.strip(".,;:") for word in words if any(map(str.isdigit, word))} <= {"2018"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("state: preparing", "state: busy", "busy"),
        ("not_reported: [offers, capacity, lesson]", "not_reported: [lesson]", "offers, capacity, lesson"),
        ("  en: Students help", "  de: Students help", "de"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(tmp_path, old, new, told):
    text = (CONTENT / f"{SLUG}.yaml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "x.yaml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError, match=r"x\.yaml:\d+") as caught:
        load(file)
    assert told in str(caught.value)


def test_loading_twice_writes_once_in_both_languages_and_people_take_over(world, client):
    assert services.load_content().endswith(f"written: {len(FILES)}")
    assert services.load_content().endswith("written: 0")
    card = Card.objects.get(kind="initiative", key=SLUG)
    assert "Studenten" in card.title_nl
    assert "Students" in card.title_en
    assert Relation.objects.filter(source_kind="initiative", target_key="nl-digitaal-2019/4.2").exists()
    page = client.get(f"/en/initiatieven/{SLUG}").content.decode()
    assert "Students help to find" in page
    assert "Told in: Data Agenda 2019, chapter 1, " in page
    list(loading.load_all(["agenda"]))
    assert (
        "/en/agenda/nl-digitaal-2019/hoofdstuk/1" in client.get(f"/en/initiatieven/{SLUG}").content.decode()
    )
    services.change(Initiative.objects.get(slug=SLUG), VALUES, actor=world.other)
    services.move(Initiative.objects.get(slug=SLUG), "start", actor=world.other)
    assert services.load_content().endswith("written: 0")
    found = Initiative.objects.get(slug=SLUG)
    assert (found.organisation, found.title, found.translation) == (GOUDA, VALUES["title"], {})
    assert client.get(reverse("initiatives:overview")).status_code == 200
