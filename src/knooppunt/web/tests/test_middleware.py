# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The request log: an error is a failure of ours, not an address that somebody mistyped."""

from __future__ import annotations

from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("error", "status", "logged"),
    [(Http404, 404, False), (PermissionDenied, 403, False), (KeyError, 500, True)],
)
def test_only_failures_of_ours_are_logged_as_errors(client, caplog, error, status, logged):
    client.raise_request_exception = False
    with mock.patch("knooppunt.catalogue.views.queries.read", side_effect=error):
        assert client.get("/nl/zoeken").status_code == status
    assert any(record.levelname == "ERROR" for record in caplog.records) is logged
