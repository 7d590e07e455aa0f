# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the API answers: resources, pages, problems, limits, tokens."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from knooppunt.agenda.models import ProgressReport
from knooppunt.api import tokens
from knooppunt.api.models import Token
from knooppunt.catalogue.models import AuditLine, Card, Follow
from knooppunt.people.services import demo_account

ACTION = "/api/v1/actions/nl-digitaal-2019/4.6"
REPORT = {"status": "limited", "date": "2019-06-01", "text": "Het informatiepunt is open.", "language": "nl"}


def post(client, address, body, **more):
    return client.post(address, json.dumps(body), content_type="application/json", **more)


def problem(response, status):
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    return body


def test_every_card_is_on_one_page(client):
    found, address = [], "/api/v1/cards?limit=200"
    while address:
        body = client.get(address).json()
        found += [(card["kind"], card["id"]) for card in body["items"]]
        address = body["next"] and f"{urlsplit(body['next']).path}?{urlsplit(body['next']).query}"
    assert len(found) == len(set(found)) == Card.objects.count()


@pytest.mark.parametrize("kind", ["action", "organisation", "agenda"])
def test_a_card_and_its_linked_data(client, kind):
    card = client.get(f"/api/v1/cards?kind={kind}&limit=1").json()["items"][0]
    address = f"/api/v1/cards/{kind}/{card['id']}"
    assert client.get(address).json() == card
    linked = client.get(address, headers={"Accept": "application/ld+json"})
    assert linked["Content-Type"] == "application/ld+json"
    assert linked.json()["@context"] == "https://schema.org"


def test_the_cost_of_a_page_does_not_grow(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        client.get("/api/v1/cards?limit=200")
    with django_assert_max_num_queries(3):
        client.get("/api/v1/organisations?limit=200")
    with django_assert_max_num_queries(8):
        client.get("/api/v1/actions?limit=200")


def test_names_are_in_camel_case_and_years_are_numbers(client):
    action = client.get(ACTION).json()
    assert action["leads"] == ["bzk"]
    assert {"selfStatus", "reviewedStatus", "evidenceUrl"} <= set(action["reports"][0])
    assert client.get("/api/v1/organisations?code=GM0363").json()["items"][0]["id"] == "gemeente-amsterdam"


def test_unchanged_is_not_sent_again(client):
    first = client.get(ACTION)
    again = client.get(ACTION, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(ACTION, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        *(("/api/v1/nothing", 404), ("/api/v1/cards/", 404), ("/api/v2/cards", 404), ("/api/", 404)),
        *(("/api/v1/cards/x/y", 404), ("/api/v1/cards?limit=0", 400), ("/api/v1/cards?limit=x", 400)),
        *(("/api/v1/cards?cursor=%00", 400), ("/api/v1/cards?cursor=IngI", 400)),
        *(("/api/v1/organisations?cursor=MQ", 400), ("/api/v1/organisations?kind=x", 400)),
        *(("/api/v1/follows", 401), ("/api/v1/organisations/%00", 404)),
    ],
)
def test_errors_are_problems(client, address, status):
    problem(client.get(address), status)


def test_all_that_is_wrong_is_told_at_once(client):
    body = problem(client.get("/api/v1/cards?limit=0&kind=" + "x" * 50), 400)
    assert {e["field"] for e in body["errors"]} == {"query.limit", "query.kind"}


def test_a_wrong_method_says_which_are_right(client):
    response = client.delete("/api/v1/cards")
    problem(response, 405)
    assert response["Allow"] == "GET"


def test_every_answer_says_its_version_and_sets_no_cookie(client):
    for address in ("/api/v1/cards", "/api/v1/nothing", "/api/v1/openapi.json"):
        response = client.get(address)
        assert response["API-Version"] == "1.0.0"
        assert response["Access-Control-Allow-Origin"] == "*"
        assert not response.cookies


def test_a_session_is_no_key(client):
    client.force_login(demo_account("editor", "nl"))
    problem(post(client, f"{ACTION}/reports", REPORT), 401)


def test_who_may_report_reports(program):
    response = post(program("editor"), f"{ACTION}/reports", REPORT)
    assert response.status_code == 201
    assert response.json()["text"] == {"nl": "Het informatiepunt is open.", "en": ""}
    assert ProgressReport.objects.get(from_content=False).author.username == "demo-editor"


@pytest.mark.parametrize(
    ("persona", "scope", "status"),
    [("editor", "read", 403), ("member", "write", 403), ("connector", "write", 403)],
)
def test_who_may_not_does_not(program, persona, scope, status):
    problem(post(program(persona, scope), f"{ACTION}/reports", REPORT), status)
    assert not ProgressReport.objects.filter(from_content=False).exists()


@pytest.mark.parametrize(
    "change",
    [
        *({"status": "x"}, {"date": "2019-02-31"}, {"text": ""}),
        *({"language": "de"}, {"evidenceUrl": "javascript:x"}),
    ],
)
def test_a_wrong_report_is_refused_whole(program, change):
    problem(post(program("editor"), f"{ACTION}/reports", REPORT | change), 400)
    assert not ProgressReport.objects.filter(from_content=False).exists()


def test_a_report_of_a_day_to_come_is_refused(program):
    tomorrow = timezone.localdate() + timedelta(days=1)
    problem(post(program("editor"), f"{ACTION}/reports", REPORT | {"date": tomorrow.isoformat()}), 409)


def test_following_and_stopping(program):
    mine, other = program("editor"), program("member")
    made = post(mine, "/api/v1/follows", {"kind": "action", "id": "nl-digitaal-2019/4.6"})
    assert made.status_code == 201
    assert post(mine, "/api/v1/follows", {"search": "q=schulden"}).status_code == 201
    assert len(mine.get("/api/v1/follows").json()["items"]) == 2
    assert other.get("/api/v1/follows").json()["items"] == []
    problem(other.delete(f"/api/v1/follows/{made.json()['id']}"), 404)
    assert mine.delete(f"/api/v1/follows/{made.json()['id']}").status_code == 204
    assert Follow.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        *(({}, 400), ({"kind": "action", "id": "x", "search": "q=a"}, 400), ({"kind": "x", "id": "y"}, 404)),
        *(({"search": "page=2"}, 409), ({"search": "q=a", "webhookUrl": "ftp://x"}, 409)),
    ],
)
def test_what_cannot_be_followed_says_why(program, body, status):
    problem(post(program("member"), "/api/v1/follows", body), status)


def test_a_token_that_is_withdrawn_expired_or_unknown_opens_nothing(program, client):
    mine = program("editor")
    assert mine.get("/api/v1/follows").status_code == 200
    Token.objects.update(expires=timezone.now())
    problem(mine.get("/api/v1/cards"), 401)
    problem(client.get("/api/v1/cards", headers={"Authorization": "Bearer kp_x"}), 401)
    problem(client.get("/api/v1/cards", headers={"Authorization": "Basic eDp5"}), 401)


def test_the_secret_is_kept_nowhere(program):
    mine = program("editor")
    secret = mine.defaults["HTTP_AUTHORIZATION"].split()[1]
    assert secret.startswith(tokens.PREFIX)
    assert secret not in str(list(Token.objects.values())) + str(list(AuditLine.objects.values()))


def test_a_closed_account_has_no_tokens(program):
    mine = program("editor")
    user = Token.objects.get().user
    user.is_active = False
    user.save()
    problem(mine.get("/api/v1/cards"), 401)


def test_who_asks_too_often_waits(client, program, settings):
    settings.API_LIMIT, settings.API_LIMIT_TOKEN = 3, 5
    left = [client.get("/api/v1/cards?limit=1")["RateLimit-Remaining"] for _n in range(3)]
    assert left == ["2", "1", "0"]
    refused = client.get("/api/v1/cards?limit=1")
    problem(refused, 429)
    assert 0 < int(refused["Retry-After"]) <= 60
    mine = program("member", "read")
    assert [mine.get("/api/v1/cards?limit=1").status_code for _n in range(6)] == [200] * 5 + [429]


def test_behind_a_proxy_each_caller_counts_alone(client, settings):
    settings.API_LIMIT, settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1, 1
    one = {"X-Forwarded-For": "192.0.2.1"}
    assert client.get("/api/v1/cards?limit=1", headers=one).status_code == 200
    assert client.get("/api/v1/cards?limit=1", headers=one).status_code == 429
    forged = {"X-Forwarded-For": "203.0.113.9, 192.0.2.1"}
    assert client.get("/api/v1/cards?limit=1", headers=forged).status_code == 429
    other = {"X-Forwarded-For": "192.0.2.2"}
    assert client.get("/api/v1/cards?limit=1", headers=other).status_code == 200


def test_tokens_are_made_and_withdrawn_on_a_page(client):
    client.force_login(demo_account("editor", "nl"))
    page = client.post("/nl/profiel/sleutels", {"name": "nacht", "scope": "read", "days": "30"})
    assert "kp_" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "kp_" not in client.get("/nl/profiel/sleutels").content.decode()
    token = Token.objects.get()
    client.force_login(demo_account("member", "nl"))
    assert client.post(f"/nl/profiel/sleutels/{token.pk}/intrekken").status_code == 404
    client.force_login(demo_account("editor", "nl"))
    assert client.post(f"/nl/profiel/sleutels/{token.pk}/intrekken").status_code == 302
    assert not Token.objects.exists()
