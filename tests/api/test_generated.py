# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Requests made from the OpenAPI document: every answer is one that the document promises, and none is a 500.

`GENERATED_REQUESTS=100000 pytest -m full src/knooppunt/api/tests/test_generated.py` asks as often in all.
"""

from __future__ import annotations

import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from knooppunt.api import tokens
from knooppunt.conf.wsgi import application
from knooppunt.people.services import demo_account

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)
FULL = int(os.environ.get("GENERATED_REQUESTS", "6000"))


@pytest.fixture
def operations(loaded, db, settings):
    settings.API_LIMIT = settings.API_LIMIT_TOKEN = 0
    settings.ALLOWED_HOSTS = ["*"]
    # As Django's own test client does: the connection of the test's transaction must outlive a request.
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    yield [result.ok() for result in document.get_all_operations()]
    for signal in signals:
        signal.connect(close_old_connections)


def ask(operation, mode, examples, headers):
    """Ask this often; False for an operation without anything in it that could be wrong."""

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(data=st.data())
    def run(data):
        case = data.draw(operation.as_strategy(generation_mode=mode))
        response = case.call(headers=headers, base_url="http://127.0.0.1:8000/api/v1")
        case.validate_response(response, checks=CHECKS)

    try:
        run()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE
        return False
    return True


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_answer_is_as_promised(operations, mode):
    asked = [ask(operation, mode, 10, {}) for operation in operations]
    assert sum(asked) >= len(operations) // 2


@pytest.mark.full
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_answer_to_a_writer_is_as_promised(operations, mode):
    secret = tokens.issue(demo_account("editor", "nl"), name="test", scope="write", days=30)
    each = FULL // (2 * len(operations))
    asked = [ask(operation, mode, each, {"Authorization": f"Bearer {secret}"}) for operation in operations]
    assert sum(asked) >= len(operations) // 2
