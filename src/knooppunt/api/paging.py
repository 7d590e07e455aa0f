# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of a list by position: the cost of a page does not grow with how far it is."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from knooppunt.api.problems import ProblemError


def page(
    request: HttpRequest,
    response: HttpResponse,
    rows: QuerySet,
    show: Callable[[Any], Any],
    *,
    cursor: str,
    limit: int,
    order: str = "pk",
) -> dict[str, Any]:
    """`limit` rows after `cursor` in ascending order of a unique column, and the address of what follows.

    The same address is in the `Link` header. 400 for a cursor that this list did not give.
    """
    rows = rows.order_by(order)
    if cursor:
        rows = rows.filter(**{f"{order}__gt": _read(cursor, str if order != "pk" else int)})
    found = list(rows[: limit + 1])
    following = None
    if len(found) > limit:
        found = found[:limit]
        following = _address(request, cursor_of(getattr(found[-1], order)), limit)
        response["Link"] = f'<{following}>; rel="next"'
    return {"items": [show(row) for row in found], "next": following}


def cursor_of(value: Any) -> str:
    """The cursor that stands after this value of the column that orders the list."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _read(cursor: str, kind: type) -> Any:
    try:
        value = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        value = None
    if type(value) is not kind or (kind is int and not 0 <= value < 2**63):
        raise ProblemError(400, "cursor: use the value from `next` of the page before, or leave it out.")
    return value


def _address(request: HttpRequest, cursor: str, limit: int) -> str:
    parameters = [(k, v) for k, vs in request.GET.lists() for v in vs if k not in ("cursor", "limit")]
    parameters += [("cursor", cursor), ("limit", str(limit))]
    return f"{settings.PUBLIC_URL}{request.path}?{urlencode(parameters)}"
