# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A refusal of the API says why."""

from __future__ import annotations

import json

from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from knooppunt.api import face
from knooppunt.web.answers import RefusedError


def test_a_refusal_says_why_and_else_what_to_do():
    api, request = face.make(), RequestFactory().get("/api/v1/x")
    told = [
        json.loads(api.on_exception(request, error).content)
        for error in (RefusedError("Only on Mondays."), PermissionDenied("secret"))
    ]
    assert [problem["status"] for problem in told] == [403, 403]
    assert told[0]["detail"] == "Only on Mondays."
    assert "secret" not in told[1]["detail"]
