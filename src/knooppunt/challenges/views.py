# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of challenges: the overview, one challenge, and its two tables as files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from knooppunt.catalogue import atlas
from knooppunt.challenges import queries
from knooppunt.challenges.models import Challenge
from knooppunt.web.csvfile import download_csv

ACCESS: dict[str, Promise | str] = {
    "open": gettext_lazy("open"),
    "partly_open": gettext_lazy("partly open"),
    "on_request": gettext_lazy("on request"),
    "shared_lab": gettext_lazy("in a shared lab"),
    "closed": gettext_lazy("closed"),
    "unknown": gettext_lazy("not known"),
}
BASIS: dict[str, Promise | str] = {
    "agenda": gettext_lazy("the agenda"),
    "own": gettext_lazy("our own knowledge; check it with the holder"),
}


def _find(slug: str) -> Challenge:
    found = queries.find(slug)
    if found is None:
        raise Http404
    return found


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All challenges, in their order."""
    numbers = queries.numbers()
    rows = [
        {"challenge": c, **_texts(c, request.LANGUAGE_CODE), "number": numbers.get(c.slug, 0)}
        for c in Challenge.objects.all()
    ]
    return render(request, "challenges/overview.html", {"rows": rows})


def _texts(challenge: Challenge, language: str) -> dict[str, str]:
    return {field: challenge.text(field, language) for field in ("title", "summary", "description")}


@require_safe
def challenge(request: HttpRequest, slug: str) -> HttpResponse:
    """One challenge: what others do, who they are, which data there are."""
    found = _find(slug)
    workers = queries.workers(found)
    context = {
        "challenge": found,
        **_texts(found, request.LANGUAGE_CODE),
        "shelves": queries.shelves(found),
        "workers": workers,
        "spots": atlas.spots(workers),
        "land": atlas.land(),
        "width": atlas.WIDTH,
        "height": atlas.HEIGHT,
        "data": _data(found, request.LANGUAGE_CODE),
        "source": found.content["source"],
    }
    return render(request, "challenges/challenge.html", context)


def _data(challenge: Challenge, language: str) -> list[dict[str, Any]]:
    """The rows of the data table, in the reader's language."""
    known = queries.holders(challenge)
    return [
        {
            "variable": row["variable"][language],
            "holders": [known[slug] for slug in row.get("holders", []) if slug in known],
            "others": row.get("others", {}).get(language, ""),
            "access": ACCESS[row["access"]],
            "route": row["route"][language],
            "ground": row.get("ground", {}).get(language, ""),
            "basis": BASIS[row["basis"]],
        }
        for row in challenge.data
    ]


@require_safe
def data_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The data table as a file."""
    found, language = _find(slug), request.LANGUAGE_CODE
    rows = [[_("Variable"), _("Holder"), _("Access"), _("How to get it"), _("Ground"), _("Known from")]]
    for row in _data(found, language):
        names = [o.name_nl if language == "nl" else o.name_en for o in row["holders"]]
        rows.append(
            [
                row["variable"],
                ", ".join(filter(None, [*names, row["others"]])),
                str(row["access"]),
                row["route"],
                row["ground"] or _("not reported"),
                str(row["basis"]),
            ]
        )
    return download_csv(request, rows, f"{found.slug}-data.csv")


@require_safe
def workers_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Who works on it as a file."""
    found, language = _find(slug), request.LANGUAGE_CODE
    rows: list[list[Any]] = [[_("Organisation"), _("Place"), _("How many"), "latitude", "longitude"]]
    rows += [
        [w.name_nl if language == "nl" else w.name_en, w.place, w.number, w.latitude, w.longitude]
        for w in queries.workers(found)
    ]
    return download_csv(request, rows, f"{found.slug}-organisaties.csv")
