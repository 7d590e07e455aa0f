# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every answer of the API has in common, whoever made it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language_from_request, override

from knooppunt.api import VERSION, limits, problems, tokens

PREFIX = "/api/"
Handler = Callable[[HttpRequest], HttpResponse]


class Answers:
    """Limits, version, problem+json, ETag and headers of everything under /api/.

    It stands outside the rest, so that a 404 of the router, a 405 or a database that is away also answer as
    the API promises. No cookie is read or set: a browser's session is no key to the API.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        with override(get_language_from_request(request)):
            request.token, refused = _caller(request)
            standing = _standing(request)
            if standing and standing.left < 0:
                response = problems.answer(429)
                response["Retry-After"] = str(standing.reset)
            elif refused:
                response = problems.answer(401)
                response["WWW-Authenticate"] = 'Bearer error="invalid_token"'
            else:
                response = _as_promised(request, self.get_response(request))
        _add_headers(request, response, standing)
        return response


def _caller(request: HttpRequest):
    """The token that came along, and whether something came along that is no open token."""
    kind, _, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if not kind:
        return None, False
    token = tokens.recognise(secret.strip()) if kind.lower() == "bearer" else None
    return token, token is None


def _standing(request: HttpRequest) -> limits.Standing | None:
    if request.token:
        return limits.count(f"token:{request.token.pk}", settings.API_LIMIT_TOKEN)
    return limits.count(f"address:{limits.address_of(request)}", settings.API_LIMIT)


def _as_promised(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An error as a problem; a success with an ETag, or 304 when the caller has it already."""
    if response.status_code >= 400 and not response.get("Content-Type", "").startswith(problems.CONTENT_TYPE):
        problem = problems.answer(response.status_code)
        if response.has_header("Allow"):
            problem["Allow"] = response["Allow"]
        return problem
    if request.method in ("GET", "HEAD") and response.status_code == 200 and not response.streaming:
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=response)
    return response


def _add_headers(request: HttpRequest, response: HttpResponse, standing: limits.Standing | None) -> None:
    response["API-Version"] = VERSION
    # What belongs to a token is kept nowhere; what is public may be kept, and is asked for again.
    response["Cache-Control"] = "no-store" if request.META.get("HTTP_AUTHORIZATION") else "no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "API-Version, ETag, Link, RateLimit-Remaining"
    for name, value in (standing.headers if standing else {}).items():
        response[name] = value
    patch_vary_headers(response, ["Accept", "Authorization"])
    response.cookies.clear()
