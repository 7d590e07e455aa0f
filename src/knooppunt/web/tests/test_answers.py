# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A refusal says why: and its page shows it."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from knooppunt.web.answers import YES, Answer, RefusedError, require
from knooppunt.web.errors import forbidden


def test_yes_goes_on_and_no_says_why():
    require(YES)
    require(True)
    with pytest.raises(RefusedError, match="Only on Mondays"):
        require(Answer(False, "Only on Mondays."))
    with override("nl"), pytest.raises(RefusedError, match="Deze pagina bestaat niet"):
        require(Answer(False, _("This page does not exist")))


def test_the_page_of_a_refusal_says_why_and_what_to_do():
    request = RequestFactory().get("/nl/x")
    with override("en"):
        page = forbidden(request, RefusedError("Only <b>on</b> Mondays.")).content.decode()
        assert "Only &lt;b&gt;on&lt;/b&gt; Mondays." in page
        assert "Sign in with another account" in page
        assert "Your account has no permission" in forbidden(request, RefusedError("")).content.decode()
