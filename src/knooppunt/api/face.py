# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The API itself: one object, made once when the addresses are read, from what apps registered."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import NinjaAPI, Router
from ninja.openapi.schema import OpenAPISchema

from knooppunt.api import VERSION, problems
from knooppunt.api.models import Scope, Token
from knooppunt.api.problems import CONTENT_TYPE, Problem, ProblemError

DESCRIPTION = """Everything that is public in the hub, to read; and what you may write, to write.

Reading needs no token. A token (make one in your profile) raises the limit; one for writing acts as you.
Names are in English, texts in Dutch and English. Errors are `application/problem+json`. Lists give `next`.
"""
READ_PROBLEMS = frozenset({400, 404, 429})
WRITE_PROBLEMS = frozenset({400, 401, 403, 404, 409, 429})
# `openapi_extra` of an endpoint that changes something and needs no token.
ANYONE: dict[str, Any] = {"security": [{}, {"token": []}]}
_routers: dict[str, Router] = {}


def add_router(prefix: str, router: Router) -> None:
    """Have an app's router at /api/v1/`prefix`; call it in the app's `ready`."""
    _routers[prefix] = router


def reader(request: HttpRequest) -> Any:
    """The person for whom this request reads what is not public; 401 without token."""
    token: Token | None = request.token
    if token is None:
        raise ProblemError(401, problems.details(401))
    return token.user


def writer(request: HttpRequest) -> Any:
    """The person for whom this request may write; 401 without token, 403 when the token may only read."""
    user = reader(request)
    if request.token.scope != Scope.WRITE:
        raise ProblemError(403, "This token may only read: make one that may write.")
    return user


def reads(*codes: int) -> frozenset[int]:
    """Error codes of an endpoint that reads, for `responses`."""
    return READ_PROBLEMS | set(codes)


def responses(success: Any, codes: frozenset[int] = READ_PROBLEMS, *, status: int = 200) -> dict[Any, Any]:
    """The `response` argument of an endpoint: its success, and the same Problem for all else."""
    return {status: success, codes: Problem}


class Schema(OpenAPISchema):
    """OpenAPI as the NL API Design Rules ask: contact, server, and problem+json for every error."""

    def __init__(self, api: NinjaAPI, path_prefix: str) -> None:
        super().__init__(api, path_prefix)
        self["info"] |= {
            "contact": {"name": "Knooppunt", "url": settings.PUBLIC_URL},
            "license": {"name": "CC0-1.0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"},
        }
        self["servers"] = [{"url": f"{settings.PUBLIC_URL}/api/v1"}]
        self["paths"] = {path.removeprefix("/api/v1"): item for path, item in self["paths"].items()}
        self["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        for item in self["paths"].values():
            for method, operation in item.items():
                _finish(method, operation)


def _finish(method: str, operation: dict[str, Any]) -> None:
    operation.setdefault("security", [{"token": []}] if method != "get" else ANYONE["security"])
    for status, answer in operation["responses"].items():
        answer["headers"] = {
            "API-Version": {"schema": {"type": "string"}, "description": "Version of the API"}
        }
        if int(status) >= 400:
            answer["description"] = "Problem"
            answer["content"] = {
                CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}},
            }
        elif not answer.get("description") or answer["description"] in ("OK", "Created"):
            answer["description"] = answer.get("description") or "Success"


class API(NinjaAPI):
    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> Any:
        return Schema(self, self.get_root_path(path_params or {}) if path_prefix is None else path_prefix)


def make() -> API:
    """The API with every router that was registered."""
    api = API(
        title="Knooppunt",
        version=VERSION,
        description=DESCRIPTION,
        docs_url=None,
        openapi_url="/openapi.json",
        urls_namespace="api",
    )
    problems.handle(api)
    for prefix, router in sorted(_routers.items()):
        api.add_router(f"/{prefix}" if prefix else "", router)
    return api
