# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages over HTTP: they open in both languages, keep their number of queries, and refuse what is wrong."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knooppunt.agenda import exporting, queries
from knooppunt.agenda.models import Action, BudgetAmount, Edition, ProgressReport
from knooppunt.catalogue.contentfile import SIZE

PAGES = [
    "",
    "/nl-digitaal-2019",
    "/nl-digitaal-2019/tijdlijn",
    "/nl-digitaal-2019/begroting",
    "/nl-digitaal-2019/verschil",
    "/nl-digitaal-2019/verschil?met=voorbeeldstad-2026",
    "/nl-digitaal-2019/hoofdstuk/3",
    "/nl-digitaal-2019/organisatie/bzk",
    "/nl-digitaal-2019/1.1",
    "/nl-digitaal-2019/5.4",
    "/voorbeeldstad-2026/verschil",
    "/voorbeeldstad-2026/1",
]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_pages_open_and_lead_on(example, client, language, page):
    response = client.get(f"/{language}/agenda{page}")
    text = response.content.decode()
    assert response.status_code == 200
    assert text.count("<h1") == 1
    assert f'<html lang="{language}"' in text
    main = text[text.index("<main") : text.index("</main>")]
    assert main.count("<a ") >= 3
    assert "style=" not in main


def test_an_action_shows_both_statuses_its_silence_and_its_contradiction(national, client):
    text = client.get("/en/agenda/nl-digitaal-2019/5.4").content.decode()
    for words in ("limited", "no evidence", "No news for", "2019 and 2020", "2019 to 2021", "Chapter 5"):
        assert words in text
    assert "No budget line is linked to this action." in text


def test_a_past_edition_looks_like_one(national, client):
    for page in ("", "/tijdlijn", "/begroting", "/1.1", "/hoofdstuk/1", "/organisatie/bzk"):
        text = client.get(f"/nl/agenda/nl-digitaal-2019{page}").content.decode()
        assert "Een editie uit het verleden, van februari 2019." in text


def test_text_of_one_language_carries_it(national, person, client):
    ProgressReport.objects.create(
        action=national.actions.get(number="1.1"),
        date="2020-01-01",
        self_status="limited",
        text_nl="Alleen hier.",
    )
    text = client.get("/en/agenda/nl-digitaal-2019/1.1").content.decode()
    assert '<span lang="nl">Alleen hier.</span>' in text


@pytest.mark.parametrize(
    "page", ["", "/nl-digitaal-2019", "/nl-digitaal-2019/tijdlijn", "/nl-digitaal-2019/begroting"]
)
def test_queries_do_not_grow_with_the_actions(national, client, page):
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/nl/agenda{page}")
        return len(captured)

    count()
    few = count()
    for i in range(30):
        action = Action.objects.create(
            edition=national, number=f"9.{i}", position=100 + i, title_nl=f"Actie {i}", start=2019, end=2020
        )
        ProgressReport.objects.create(action=action, date="2019-05-01", self_status="limited")
    assert count() == few


@pytest.mark.parametrize(
    "path",
    [
        "/nl/agenda/bestaat-niet",
        "/nl/agenda/nl-digitaal-2019/9.99",
        "/nl/agenda/nl-digitaal-2019/hoofdstuk/77",
        "/nl/agenda/nl-digitaal-2019/organisatie/niemand",
        "/nl/agenda/nl-digitaal-2019/..%2f..%2fetc%2fpasswd",
        "/nl/agenda/nl-digitaal-2019/1.1%00",
        "/nl/agenda/nl-digitaal-2019/1'--",
        "/nl/agenda/nl-digitaal-2019/1.1/",
        "/nl/agenda/<script>",
    ],
)
def test_guessed_addresses_are_not_found(national, client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("other", ["<script>alert(1)</script>", "' OR 1=1", "x" * 5000, "nl-digitaal-2019"])
def test_a_strange_edition_to_compare_with_is_ignored(example, client, other):
    response = client.get("/nl/agenda/nl-digitaal-2019/verschil", {"met": other})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_a_draft_is_seen_by_its_keepers_only(national, person, client):
    editor = person("editor", "breda")
    client.force_login(editor)
    answer = client.post(
        "/nl/agenda/begin",
        {"name": "Gemeente Breda", "title": "Onze data", "language": "nl", "year": "2026"},
    )
    assert answer["Location"] == "/nl/agenda/breda-2026"
    pages = ["", "/tijdlijn", "/begroting", "/verschil", "/acties.csv", "/agenda.yaml"]
    assert {client.get(f"/nl/agenda/breda-2026{page}").status_code for page in pages} == {200}
    client.logout()
    assert {client.get(f"/nl/agenda/breda-2026{page}").status_code for page in pages} == {404}
    client.force_login(person("administrator", "tilburg"))
    assert client.get("/nl/agenda/breda-2026").status_code == 404
    assert "breda" not in client.get("/nl/agenda").content.decode().split("<main")[1]


def test_an_own_agenda_from_start_to_publication(national, person, client):
    client.force_login(person("editor", "breda"))
    client.post(
        "/nl/agenda/begin", {"name": "Gemeente Breda", "title": "Data", "language": "nl", "year": "2026"}
    )
    action = {
        "title": "Riolen meten",
        "description": "Wij meten de riolen.",
        "start": "2026",
        "follows_up": [str(national.actions.get(number="1.1").pk)],
    }
    assert client.post("/nl/agenda/breda-2026/nieuwe-actie", {**action, "end": "2020"}).status_code == 422
    assert client.post("/nl/agenda/breda-2026/nieuwe-actie", action).status_code == 302
    assert client.get("/nl/agenda/breda-2026/1/wijzigen").status_code == 200
    client.post("/nl/agenda/breda-2026/1/wijzigen", {**action, "title": "Riolen beter meten"})
    client.post("/nl/agenda/breda-2026/stand/publish")
    client.logout()
    text = client.get("/nl/agenda/breda-2026/1").content.decode()
    assert "Riolen beter meten" in text
    assert "Gemeente Breda" in client.get("/nl/agenda/nl-digitaal-2019/1.1").content.decode()


def test_report_and_review_over_http(national, person, client):
    path = "/en/agenda/nl-digitaal-2019/3.8"
    client.force_login(person("editor", "cbs"))
    report = {"status": "complete", "moment": "2020-12-01", "text": "<b>Done</b>", "language": "en"}
    assert client.post(f"{path}/voortgang", {**report, "moment": "2999-01-01"}).status_code == 422
    assert client.post(f"{path}/voortgang", {**report, "status": "perfect"}).status_code == 422
    bad_address = client.post(f"{path}/voortgang", {**report, "evidence_url": "javascript:alert(1)"})
    assert bad_address.status_code == 422
    assert client.post(f"{path}/voortgang", report).status_code == 302
    assert "&lt;b&gt;Done&lt;/b&gt;" in client.get(path).content.decode()
    made = ProgressReport.objects.get(action__edition=national, reviewed_status="")
    assert client.get(f"/en/agenda/beoordelen/{made.pk}").status_code == 403
    client.force_login(person("connector"))
    assert f"/agenda/beoordelen/{made.pk}" in client.get("/en/agenda/beoordelen").content.decode()
    review = {"status": "substantial", "note": "Most of it.", "language": "en"}
    assert client.post(f"/en/agenda/beoordelen/{made.pk}", review).status_code == 302
    again = client.post(f"/en/agenda/beoordelen/{made.pk}", review)
    assert "has been reviewed already" in again.content.decode()
    assert "Most of it." in client.get(path).content.decode()


def test_money_and_effect_over_http(national, person, client):
    client.force_login(person("editor", "bzk"))
    path = "/nl/agenda/nl-digitaal-2019/begroting/B1/2019"
    assert client.get(path).status_code == 200
    assert client.post(path, {"committed": "-1"}).status_code == 422
    assert client.post(path, {"committed": "140,5", "spent": ""}).status_code == 302
    amount = BudgetAmount.objects.get(line__key="B1", year=2019)
    assert (float(amount.committed), amount.spent) == (140.5, None)
    answer = client.post("/nl/agenda/nl-digitaal-2019/4.3/effect/0", {"value": "300", "moment": "2020-01-01"})
    assert answer.status_code == 302
    assert "300" in client.get("/nl/agenda/nl-digitaal-2019/4.3").content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/nl/agenda/begin",
        "/nl/agenda/uploaden",
        "/nl/agenda/nl-digitaal-2019/1.1/voortgang",
        "/nl/agenda/nl-digitaal-2019/begroting/B1/2019",
        "/nl/agenda/nl-digitaal-2019/4.3/effect/0",
        "/nl/agenda/nl-digitaal-2019/nieuwe-actie",
    ],
)
def test_forms_ask_who_you_are_and_refuse_members(national, person, client, path):
    assert client.get(path).status_code == 302
    client.force_login(person("member", "bzk"))
    assert client.get(path).status_code == 403
    assert client.post(path, {}).status_code == 403


def test_the_national_agenda_has_no_editing_pages(national, person, client):
    client.force_login(person("administrator", "bzk"))
    assert client.get("/nl/agenda/nl-digitaal-2019/nieuwe-actie").status_code == 403
    assert client.get("/nl/agenda/nl-digitaal-2019/volgende-editie").status_code == 403
    client.post("/nl/agenda/nl-digitaal-2019/stand/withdraw")
    client.post("/nl/agenda/nl-digitaal-2019/1.1/verwijderen")
    assert queries.action("nl-digitaal-2019/1.1") is not None


@pytest.mark.parametrize(
    "path",
    [
        "nl-digitaal-2019/begroting/B1/99999999999999999999999",
        "nl-digitaal-2019/4.3/effect/99999999999999999999999",
        "nl-digitaal-2019/verslag-99999999999999999999999.pdf",
        "beoordelen/99999999999999999999999",
    ],
)
def test_numbers_too_large_for_a_database_are_not_found(national, person, client, path):
    client.force_login(person("administrator", "bzk"))
    assert client.get(f"/nl/agenda/{path}").status_code == 404


def test_what_a_person_types_stays_text(national, person, client):
    client.force_login(person("editor", "breda"))
    hostile = "<script>alert(1)</script>'; DROP TABLE agenda_action; --"
    start = {"name": hostile, "title": hostile, "language": "nl", "year": "2026"}
    assert client.post("/nl/agenda/begin", start).status_code == 302
    values = {"title": hostile, "description": hostile, "start": "2026"}
    assert client.post("/nl/agenda/breda-2026/nieuwe-actie", {**values, "title": "a\x00b"}).status_code == 422
    assert (
        client.post("/nl/agenda/breda-2026/nieuwe-actie", {**values, "title": "x" * 201}).status_code == 422
    )
    assert (
        client.post("/nl/agenda/breda-2026/nieuwe-actie", {**values, "follows_up": "abc"}).status_code == 422
    )
    assert client.post("/nl/agenda/breda-2026/nieuwe-actie", values).status_code == 302
    assert (
        client.get("/nl/agenda/breda-2026/nieuwe-actie?volgt=%3Cscript%3E&volgt=99999999999").status_code
        == 200
    )
    client.post("/nl/agenda/breda-2026/stand/publish")
    for page in ("", "/breda-2026", "/breda-2026/1", "/breda-2026/tijdlijn", "/breda-2026/organisatie/breda"):
        assert "<script>alert" not in client.get(f"/nl/agenda{page}").content.decode()
    assert client.get("/nl/agenda/breda-2026/verslag-2026.pdf").content.startswith(b"%PDF")


def test_a_form_without_its_token_changes_nothing(national, person):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person("editor", "bzk"))
    report = {"status": "complete", "moment": "2020-12-01", "text": "x", "language": "nl"}
    answer = strict.post("/nl/agenda/nl-digitaal-2019/1.1/voortgang", report)
    assert answer.status_code == 403
    assert not ProgressReport.objects.filter(action__edition=national, self_status="complete").exists()


def upload(client, content: bytes, name: str = "agenda.yaml"):
    return client.post("/en/agenda/uploaden", {"file": SimpleUploadedFile(name, content)})


def test_upload_over_http_tells_every_problem_with_its_line(example, person, client):
    client.force_login(person("editor", "breda"))
    text = exporting.as_yaml(Edition.objects.get(key="voorbeeldstad-2026"))
    answer = upload(client, text.encode()).content.decode()
    assert "3 problems. Nothing was changed." in answer
    assert "agenda.yaml:2" in answer
    own = text.replace("voorbeeldstad-2026", "breda-2026").replace("agenda: voorbeeldstad", "agenda: breda")
    own = own.replace("organisation: voorbeeldstad", "organisation: breda")
    own = own.replace("owners:\n", "owners:\n  breda: {nl: Gemeente Breda, en: Municipality of Breda}\n")
    assert upload(client, own.encode())["Location"] == "/en/agenda/breda-2026"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01",
        b"a: &x [*x]",
        b"[" * 100_000,
        b"\xff\xfe\x00",
        b"x" * (SIZE + 1),
        b"<svg onload=alert(1)>",
    ],
)
def test_a_hostile_file_is_refused_with_words(national, person, client, content):
    client.force_login(person("editor", "breda"))
    answer = upload(client, content, "<img src=x onerror=alert(1)>.yaml")
    assert answer.status_code == 422
    assert "<img src=x" not in answer.content.decode()
    assert "<svg onload" not in answer.content.decode()
    assert not Edition.objects.filter(agenda__key="breda").exists()
