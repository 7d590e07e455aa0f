# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Error pages that say what happened and what to do, in the reader's language.

They are rendered without a database or session: they must work when those are what failed.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.web.answers import RefusedError


def page(status: int, title: str, happened: str, cure: str, request: HttpRequest) -> HttpResponse:
    """The one error page: a title, what happened, what to do."""
    context = {"title": title, "happened": happened, "cure": cure, "language": get_language() or "nl"}
    context["path"] = request.path
    response = HttpResponse(render_to_string("web/error.html", context), status=status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        400,
        _("We could not read this request"),
        _("Something in the address or the form is not what this page expects."),
        _("Go back, check what you filled in, and send it again. Large texts: at most 1 MB at a time."),
        request,
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    why = str(exception) if isinstance(exception, RefusedError) else ""
    return page(
        403,
        _("You may not do this"),
        why or _("Your account has no permission for this page or action."),
        _("Sign in with another account, or ask your organisation's administrator for the role you need."),
        request,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(
        403,
        _("This form is no longer valid"),
        _("The form was open too long, or your browser sent no cookie. Nothing was changed."),
        _("Go back, reload the page and send the form again. Allow cookies for this site."),
        request,
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        404,
        _("This page does not exist"),
        _("The address may be misspelt, or the page has moved."),
        _("Search for what you need; everything public is in the search."),
        request,
    )


def gone(request: HttpRequest, title: str, when: str, reason: str) -> HttpResponse:
    # Placeholders are filled by format_html, which escapes what is not marked as safe.
    pattern = (
        _("“%(title)s” was withdrawn on %(when)s.") if title else _("This page was withdrawn on %(when)s.")
    )
    pattern %= {"title": "{title}", "when": "{when}"}
    happened = format_html(pattern, title=title, when=when)
    return page(
        410,
        _("This page was withdrawn"),
        format_html("{} {}", happened, reason),
        _("Search for what you need; there may be something newer."),
        request,
    )


def server_error(request: HttpRequest) -> HttpResponse:
    return page(
        500,
        _("Something went wrong on our side"),
        _("The error was logged. What you sent was not saved."),
        _("Try again in a few minutes. If it happens again, tell us what you did."),
        request,
    )


def unavailable(request: HttpRequest) -> HttpResponse:
    response = page(
        503,
        _("We are briefly unavailable"),
        _("The database does not answer. Nothing is lost."),
        _("Wait a minute and reload this page."),
        request,
    )
    response["Retry-After"] = "60"
    return response
