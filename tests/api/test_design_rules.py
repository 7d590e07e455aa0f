# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The NL API Design Rules that a machine can check, on our own OpenAPI document."""

from __future__ import annotations

import re

import pytest

KEBAB = re.compile(r"[a-z]+(-[a-z]+)*")
CAMEL = re.compile(r"[a-z]+([A-Z][a-z0-9]*)*")
SINGULAR = {"search"}  # an operation, not a collection


@pytest.fixture
def document(client):
    response = client.get("/api/v1/openapi.json")
    assert response["Access-Control-Allow-Origin"] == "*"
    return response.json()


@pytest.fixture
def operations(document):
    return [(p, m, o) for p, item in document["paths"].items() for m, o in item.items()]


def test_the_document_names_version_contact_licence_and_server(document):
    assert document["openapi"].startswith("3.")
    assert re.fullmatch(r"\d+\.\d+\.\d+", document["info"]["version"])
    assert document["info"]["contact"]["url"]
    assert document["info"]["license"]["name"]
    assert re.search(r"/v\d+$", document["servers"][0]["url"])


def test_paths_are_plural_nouns_in_kebab_case_without_trailing_slash(document):
    for path in document["paths"]:
        assert not path.endswith("/"), path
        for part in path.strip("/").split("/"):
            if not part.startswith("{"):
                assert KEBAB.fullmatch(part), path
                assert part.endswith("s") or part in SINGULAR, path


def test_parameters_and_fields_are_in_camel_case(document, operations):
    for path, _method, operation in operations:
        for parameter in operation.get("parameters", []):
            assert CAMEL.fullmatch(parameter["name"]), path
    for name, schema in document["components"]["schemas"].items():
        for field in schema.get("properties", {}):
            assert CAMEL.fullmatch(field), f"{name}.{field}"


def test_every_operation_has_a_name_a_summary_and_problems(operations):
    names = [operation["operationId"] for _p, _m, operation in operations]
    assert len(names) == len(set(names))
    for path, method, operation in operations:
        assert operation["description"] or operation["summary"], path
        wrong = {s: r for s, r in operation["responses"].items() if int(s) >= 400}
        assert {"400", "404", "429"} <= set(wrong), (path, method)
        for response in wrong.values():
            assert list(response["content"]) == ["application/problem+json"]
        for response in operation["responses"].values():
            assert "API-Version" in response["headers"]


ANYONE = {"/questions", "/suggestions"}  # as on the site: asking needs no account


def test_only_writing_asks_for_a_token(operations):
    for path, method, operation in operations:
        if method != "get" and path in ANYONE:
            assert operation["security"] == [{}, {"token": []}], path
        elif method != "get":
            assert operation["security"] == [{"token": []}], path
            assert {"401", "403"} <= set(operation["responses"])


def test_every_field_is_described_in_the_reference(document):
    from pathlib import Path

    docs = Path(__file__).resolve().parents[2] / "docs" / "reference" / "api.md"
    text = docs.read_text(encoding="utf-8")
    for path in document["paths"]:
        assert f"`{path}`" in text, path
    for name, schema in document["components"]["schemas"].items():
        for field in schema.get("properties", {}):
            assert f"`{field}`" in text, f"{name}.{field}"
