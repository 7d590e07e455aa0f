# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Errors of the API, all in one form: problem+json (RFC 9457) with a sentence that says what to do."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.errors import ValidationError

from knooppunt.web.answers import RefusedError
from knooppunt.web.forms import NotNowError

CONTENT_TYPE = "application/problem+json"


class FieldProblem(Schema):
    """What is wrong with one part of the request: where, and why."""

    field: str
    detail: str


class Problem(Schema):
    """An answer that is an error."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None


class ProblemError(Exception):
    """Raised by an endpoint to answer with a problem."""

    def __init__(self, status: int, detail: str, errors: list[dict[str, str]] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, errors


def details(status: int) -> str:
    """What to do, per status: for answers that come from elsewhere in the house."""
    told = {
        400: _("Something in the address or the body is not what this resource expects."),
        401: _("Send a token: Authorization: Bearer. Make one in your profile."),
        403: _("This token or this account may not do this."),
        404: _("There is nothing public at this address. The list of resources is in openapi.json."),
        405: _("This resource does not take this method. Which it takes is in openapi.json."),
        410: _("This was withdrawn."),
        413: _("The body is too large: at most 1 MB."),
        429: _("Too many requests. Wait as long as Retry-After says, or use a token."),
        500: _("Something went wrong on our side. The error was logged; nothing was changed."),
        503: _("The database does not answer. Try again in a minute."),
    }
    return told.get(status, HTTPStatus(status).phrase)


def answer(status: int, detail: str = "", errors: list[dict[str, str]] | None = None) -> HttpResponse:
    """The problem as a response."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or details(status),
    }
    if errors:
        body["errors"] = errors
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=CONTENT_TYPE)


def handle(api: Any) -> None:
    """Teach an API to answer every expected error as a problem."""

    @api.exception_handler(ProblemError)
    def problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
        return answer(error.status, error.detail, error.errors)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        """Bad input is 400, with every part that is wrong at once."""
        errors = [{"field": _place(e["loc"]), "detail": str(e["msg"])} for e in error.errors]
        return answer(400, "; ".join(f"{e['field']}: {e['detail']}" for e in errors[:3]), errors)

    @api.exception_handler(NotNowError)
    def not_now(request: HttpRequest, error: NotNowError) -> HttpResponse:
        return answer(409, str(error))

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return answer(404)

    @api.exception_handler(PermissionDenied)
    def denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
        return answer(403, str(error) if isinstance(error, RefusedError) else "")


def _place(location: tuple[Any, ...]) -> str:
    """Where in the request: `query.limit`, `body.title`. The name of our own parameter is left out."""
    parts = [str(part) for part in location]
    return ".".join(parts[:1] + parts[2:] if parts[:1] == ["body"] and len(parts) > 2 else parts)
