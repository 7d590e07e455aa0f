# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one way in which a page shows a form and does what it asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


class NotNowError(Exception):
    """Nobody may do this in the present state; the message says why, in the reader's language."""


def handle(
    request: HttpRequest,
    form: forms.Form,
    deed: Callable[[], Any],
    done: str,
    target: Any,
    page: dict[str, Any],
    template: str = "web/form.html",
) -> HttpResponse:
    """Show the form, or do the deed and go on; a deed that cannot be done now says why above the form."""
    if request.method == "POST" and form.is_valid():
        try:
            deed()
        except NotNowError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect(target)
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, "back": target, **page}, status=status)
