# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every request passes: one log line without personal data, pages of signed-in people kept out of
caches, and a page for when the database is away."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse

from knooppunt.web import errors

log = structlog.get_logger("knooppunt.request")
Handler = Callable[[HttpRequest], HttpResponse]


class RequestLog:
    """Logs method, view, status and time. Never the path: it may hold what somebody typed."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            method=request.method,
            view=match.view_name if match else None,
            status=response.status_code,
            milliseconds=round((time.perf_counter() - started) * 1000, 1),
        )
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        if isinstance(error, Http404 | PermissionDenied | SuspiciousOperation):
            return  # an answer, not a failure: the status in the log line says it
        match = request.resolver_match
        log.error("request failed", view=match.view_name if match else None, exc_info=error)


class OwnPages:
    """What is sent to someone with a session is for that browser only, and asked again each time."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-cache"
        return response


class Unavailable:
    """A database that is away, locked or full gives 503 with a cure, not a crash."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, OperationalError | InterfaceError):
            return errors.unavailable(request)
        return None
