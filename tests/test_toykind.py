# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A kind that people work on, in a folder and a settings line: every capability of the hub works for it."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

from knooppunt.api import portable
from knooppunt.catalogue import indexing
from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.models import AuditLine, Card, Tombstone
from knooppunt.flow import desks
from knooppunt.flow.waiting import Desk
from knooppunt.initiatives import services as initiatives
from knooppunt.jobs.models import Letter
from knooppunt.people import personal
from knooppunt.people.models import Membership, Organisation, User
from knooppunt.people.roles import Role
from knooppunt.web.answers import RefusedError
from knooppunt.web.forms import NotNowError
from tests.toykind import services
from tests.toykind.models import Design, Step, Version

ROOT = Path(__file__).resolve().parent.parent
TOYS, ELSEWHERE = "toy-makers", "gemeente-elders"
TEXT = {"title": {"nl": "Een houten tol"}, "text": {"nl": "Draai hem van beukenhout."}}
PAGE = "/nl/ontwerpen/tol"
MOST_LINES = 400


@pytest.fixture
def world(db) -> SimpleNamespace:
    for slug in (TOYS, ELSEWHERE):
        body = Organisation.objects.create(slug=slug, kind="body", name_nl=slug.title(), name_en=slug.title())
        catalogue.publish(body)
    roles = {"writer": TOYS, "reader": TOYS, "stranger": ELSEWHERE}
    return SimpleNamespace(**{name: person(name, slug) for name, slug in roles.items()})


def person(name: str, organisation: str) -> User:
    user = User.objects.create_user(name, f"{name}@example.invalid")
    body = Organisation.objects.get(slug=organisation)
    Membership.objects.create(user=user, organisation=body, role=Role.EDITOR)
    return user


@pytest.fixture
def draft(world) -> Version:
    return services.start(TOYS, "tol", TEXT, actor=world.writer)


@pytest.fixture
def published(world, draft) -> Design:
    services.move(draft, "submit", actor=world.writer)
    services.move(draft, "publish", actor=world.reader)
    return Design.objects.get()


def test_a_draft_is_written_on_a_form_and_seen_by_its_own_people_only(world, draft, client):
    assert client.get(PAGE).status_code == 404
    client.force_login(world.stranger)
    assert client.get(f"{PAGE}/bewerken").status_code == 404
    client.force_login(world.reader)
    answer = client.post(f"{PAGE}/bewerken", {"title": "Een tol", "text": "Van hout."})
    assert answer.status_code == 302
    version = Version.objects.get()
    assert (version.title, version.changed_by) == ({"nl": "Een tol"}, world.reader)
    assert set(version.writers.all()) == {world.writer, world.reader}


def test_somebody_else_reads_it_before_it_is_public(world, draft):
    services.move(draft, "submit", actor=world.writer)
    with pytest.raises(RefusedError, match="did not write this version"):
        services.move(draft, "publish", actor=world.writer)
    with pytest.raises(RefusedError):
        services.move(draft, "publish", actor=world.stranger)
    with pytest.raises(NotNowError, match="Say what must change"):
        services.move(draft, "ask-changes", actor=world.reader)
    services.move(draft, "ask-changes", actor=world.reader, note="Welk hout?")
    services.move(draft, "submit", actor=world.writer)
    services.move(draft, "publish", actor=world.reader)
    told = [(step.verb, step.source, step.target, step.note) for step in Step.objects.all()]
    assert told[1] == ("ask-changes", "submitted", "draft", "Welk hout?")
    assert [line[0] for line in told] == ["submit", "ask-changes", "submit", "publish"]
    assert AuditLine.objects.filter(kind="design", action="publish", actor=world.reader).exists()


def test_the_mail_goes_to_whom_the_table_names(world, draft):
    services.move(draft, "submit", actor=world.writer)
    assert [letter.to for letter in Letter.objects.all()] == [world.reader.email]
    assert "/nl/ontwerpen/tol/werk" in Letter.objects.get().body
    Letter.objects.all().delete()
    services.move(draft, "publish", actor=world.reader)
    assert [letter.to for letter in Letter.objects.all()] == [world.writer.email]


def test_what_waits_is_at_the_desk_until_it_is_done(world, draft):
    def waits() -> list[str]:
        return [row.title for part in desks.sections(Desk.CONNECTOR, None) for row in part.rows]

    assert waits() == []
    services.move(draft, "submit", actor=world.writer)
    assert waits() == ["Een houten tol"]
    services.move(draft, "publish", actor=world.reader)
    assert waits() == []


def test_the_pages_show_what_may_be_done_what_was_done_and_what_differs(world, published, client):
    text = TEXT | {"text": {"nl": "Draai hem van eikenhout."}}
    services.save(services.new_version(published, actor=world.reader), text, actor=world.reader)
    client.force_login(world.reader)
    page = client.get(f"{PAGE}/werk").content.decode()
    assert f"{PAGE}/zet/submit" in page
    assert f"{PAGE}/zet/publish" not in page
    assert '<span class="removed">beukenhout.</span>' in page
    assert '<span class="added">eikenhout.</span>' in page
    assert "beukenhout" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}/zet/submit").status_code == 302
    refused = client.post(f"{PAGE}/zet/publish")
    assert (refused.status_code, "did not write this version" in refused.content.decode()) == (403, True)


def test_it_has_a_card_that_is_found_and_goes_with_it(world, published, client):
    indexing.catch_up()
    assert Card.objects.get(kind="design").title_nl == "Een houten tol"
    assert f'href="{PAGE}"' in client.get("/nl/zoeken?q=houten+tol").content.decode()
    services.move(published.public, "withdraw", actor=world.writer)
    assert not Card.objects.filter(kind="design").exists()
    assert Tombstone.objects.get(kind="design").key == "tol"


def test_its_makers_are_contacted_through_the_hub(world, published, client):
    assert "over=design:tol" not in client.get(PAGE).content.decode()
    initiatives.be_contact(TOYS, actor=world.writer)
    assert "over=design:tol" in client.get(PAGE).content.decode()
    client.force_login(world.stranger)
    asked = {"asker": ELSEWHERE, "text": "Welke lak gebruiken jullie?", "route": "peer"}
    client.post(f"/nl/initiatieven/contact/{TOYS}?over=design:tol", asked)
    contact = initiatives.contacts_of(world.writer).get()
    assert (contact.about_kind, contact.about_key, contact.asked) == ("design", "tol", TOYS)


def test_the_api_gives_it(published, client):
    expected = {"id": "tol", "organisation": TOYS, **TEXT}
    assert client.get("/api/v1/designs").json()["items"] == [expected]
    assert client.get("/api/v1/designs/tol").json() == expected
    assert client.get("/api/v1/designs/bal").status_code == 404


def test_another_hub_takes_it_over(published):
    lines = list(portable.lines("designs"))
    Design.objects.all().delete()
    parts = dict(portable.parts())
    rows = list(map(__import__("json").loads, lines))
    assert parts["designs"].load(iter(rows)) == 1
    assert list(portable.lines("designs")) == lines
    assert parts["designs"].load(iter(rows)) == 1
    assert Design.objects.get().public.content == TEXT


def test_a_person_takes_along_what_they_wrote(world, published):
    assert personal.export(world.writer)["toykind"]["wroteIn"] == ["tol"]
    assert personal.export(world.reader)["toykind"]["moves"][0]["verb"] == "publish"


def test_it_takes_one_folder_and_few_lines():
    files = (ROOT / "tests" / "toykind").glob("*.py")
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    own = [line for line in lines if line.strip() and not line.startswith("# SPDX")]
    assert len(own) < MOST_LINES
    settings = (ROOT / "tests" / "settings.py").read_text(encoding="utf-8")
    assert settings.count('"tests.toykind"') == 2  # KINDS, and the apps made of it


GUIDE = (ROOT / "docs" / "how-to" / "add-a-kind.md").read_text(encoding="utf-8")


def test_the_guide_walks_through_every_file_of_the_toy():
    """Each step shows a file that is there, no file is left out, and every name in the text is real."""
    shown = set(re.findall(r"\]\(\.\./\.\./tests/toykind/(\w+)\.py\)", GUIDE))
    there = {file.stem for file in (ROOT / "tests" / "toykind").glob("*.py")} - {"__init__"}
    assert shown == there
    names = re.findall(r"`(knooppunt(?:\.\w+)+)`", GUIDE)
    assert len(names) > 10
    for name in names:
        module, _dot, last = name.rpartition(".")
        try:
            import_module(name)
        except ModuleNotFoundError:
            assert hasattr(import_module(module), last), name
