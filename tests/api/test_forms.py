# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Instruments, steps and forms of one's own in the API."""

from __future__ import annotations

import json

import pytest

from knooppunt.toolkit.models import Form, Instrument, Step
from tests.api.test_resources import post, problem

ADDRESS = "/api/v1/forms"
NEW = {"instrument": "dpia-prescan", "organisation": "gemeente-breda", "title": "Vroegsignalering"}


def patch(client, pk: int, answers: dict):
    body = json.dumps({"answers": answers})
    return client.patch(f"{ADDRESS}/{pk}", body, content_type="application/json")


@pytest.fixture
def made(program) -> int:
    answer = post(program("municipal-editor"), ADDRESS, NEW)
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def test_instruments_and_steps_are_read_whole(client):
    items = client.get("/api/v1/instruments?limit=200").json()["items"]
    assert [item["id"] for item in items] == sorted(Instrument.objects.values_list("slug", flat=True))
    whole = client.get("/api/v1/instruments/dpia-prescan").json()
    assert whole["content"]["sections"][0]["questions"][0]["id"] == "persoonsgegevens"
    steps = client.get("/api/v1/steps?limit=200").json()["items"]
    assert len(steps) == Step.objects.count()
    assert client.get(f"/api/v1/steps/{steps[0]['id']}").json() == steps[0]
    problem(client.get("/api/v1/instruments/niets"), 404)
    problem(client.get("/api/v1/steps/niets"), 404)


def test_a_form_is_begun_answered_and_concludes(program, made):
    client = program("municipal-editor")
    whole = patch(client, made, {"persoonsgegevens": "ja", "kenmerken": ["beoordelen", "volgen"]}).json()
    assert whole["answered"] == 2
    assert [outcome["title"]["en"] for outcome in whole["outcomes"]] == ["Do a DPIA"]
    assert {"id": "doel", "answer": None}.items() <= next(
        q for q in whole["questions"] if q["id"] == "doel"
    ).items()
    assert client.get(f"{ADDRESS}/{made}").json()["questions"] == whole["questions"]
    assert [form["id"] for form in client.get(ADDRESS).json()["items"]] == [made]


@pytest.mark.parametrize("answers", [{"persoonsgegevens": "misschien"}, {"niets": "x"}, {"kenmerken": ["x"]}])
def test_what_is_no_answer_is_refused_by_name(program, made, answers):
    told = problem(patch(program("municipal-editor"), made, answers), 400)
    assert next(iter(answers)) in told["detail"]
    assert Form.objects.get(pk=made).answers == {}


def test_forms_of_others_do_not_exist(program, client, made):
    problem(client.get(ADDRESS), 401)
    problem(client.get(f"{ADDRESS}/{made}"), 401)
    other = program("connector")
    assert other.get(ADDRESS).json()["items"] == []
    problem(other.get(f"{ADDRESS}/{made}"), 404)
    problem(patch(other, made, {"doel": "x"}), 404)
    problem(post(other, ADDRESS, NEW), 403)


def test_a_token_to_read_does_not_write(program, made):
    problem(patch(program("municipal-editor", scope="read"), made, {"doel": "x"}), 403)


def test_a_form_that_was_sent_is_not_changed(program, made):
    Form.objects.update(state="submitted")
    problem(patch(program("municipal-editor"), made, {"doel": "x"}), 409)
