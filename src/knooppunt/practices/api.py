# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Practices in the API: to read what is public, and to start a draft; practices as a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Literal

import ninja
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from ninja import Field, Router

from knooppunt.api.face import WRITE_PROBLEMS, responses, writer
from knooppunt.api.paging import page
from knooppunt.api.problems import ProblemError
from knooppunt.api.schemas import Cursor, Limit, Resource, Text
from knooppunt.catalogue.contentfile import ContentError
from knooppunt.catalogue.kinds import path
from knooppunt.catalogue.texts import showable
from knooppunt.practices import naming, queries, services, wording
from knooppunt.practices.models import Practice, Version
from knooppunt.practices.states import State

router = Router(tags=["practices"])
Stage = Literal["announced", "pilot", "running", "in_use", "ended", "not_reported"]
Origin = Literal["sensors", "administration", "survey", "third_party", "not_reported"]
Line = Annotated[str, Field(min_length=1, max_length=400)]
Body = Annotated[str, Field(max_length=8000)]


class PracticeOut(Resource):
    """A best practice, in short."""

    id: str
    title: Text
    summary: Text
    kept_by: str
    leads: list[str]
    partners: list[str]
    challenges: list[str]
    stage: Stage
    version: int
    published: datetime
    url: str


class DataOut(Resource):
    """Data that were used: what, from where, held by whom."""

    name: Text
    origin: list[Origin]
    holders: list[str]
    others: Text


class ReuseOut(Resource):
    """Another organisation that did the same, and how it went."""

    organisation: str
    since: str
    outcome: Literal["early", "worked", "partly", "failed"]
    how: Text


class PracticeDetail(PracticeOut):
    """All of a practice; what was not reported is named, and its text is empty."""

    problem: Text
    approach: Text
    data: list[DataOut]
    legal_ground: Text
    capacity: Text
    cost: Text
    result: Text
    evidence: Text
    failed: Text
    again: Text
    starter: Literal["yes", "partly", "no", ""]
    not_reported: list[str]
    reuse: list[ReuseOut]


class PracticePage(Resource):
    items: list[PracticeOut]
    next: str | None = None


class DraftIn(Resource):
    """A practice of your organisation, in one language; what is left out is 'not reported'."""

    organisation: Annotated[str, Field(max_length=100)]
    language: Literal["nl", "en"]
    title: Line
    summary: Line
    challenges: Annotated[list[Annotated[str, Field(max_length=80)]], Field(min_length=1, max_length=20)]
    stage: Stage = "not_reported"
    problem: Body = ""
    approach: Body = ""
    legal_ground: Body = ""
    capacity: Body = ""
    cost: Body = ""
    result: Body = ""
    evidence: Body = ""
    failed: Body = ""
    again: Body = ""


class DraftOut(Resource):
    """A draft that your organisation can go on with."""

    id: str
    state: State
    url: str


def text(value: dict[str, str] | None) -> Text:
    return Text(**(value or {}))


def shown(practice: Practice) -> dict[str, Any]:
    version = practice.public
    assert version is not None  # noqa: S101 - only public practices are listed
    content = version.content
    return {
        "id": practice.slug,
        "title": text(content["title"]),
        "summary": text(content["summary"]),
        "kept_by": practice.organisation,
        "leads": content["organisations"]["lead"],
        "partners": content["organisations"].get("partners", []),
        "challenges": content["challenges"],
        "stage": content["stage"],
        "version": version.number,
        "published": version.published,
        "url": f"{settings.PUBLIC_URL}/nl{path('practices:practice', practice.slug)}",
    }


def shown_whole(practice: Practice) -> dict[str, Any]:
    version = practice.public
    assert version is not None  # noqa: S101 - as above
    content = version.content
    return {
        **shown(practice),
        **{field: text(content.get(field)) for field in wording.TEXTS},
        "data": [
            {
                "name": text(item["name"]),
                "origin": item["origin"],
                "holders": item.get("holders", []),
                "others": text(item.get("others")),
            }
            for item in content.get("data", [])
        ],
        "starter": content.get("starter", {}).get("fit", ""),
        "not_reported": content["not_reported"],
        "reuse": [
            {
                "organisation": r.organisation,
                "since": r.since,
                "outcome": r.outcome,
                "how": text({r.language: r.how}),
            }
            for r in practice.reuses.all()
        ],
    }


@router.get("", response=responses(PracticePage), by_alias=True, operation_id="listPractices")
def list_practices(
    request: HttpRequest,
    response: HttpResponse,
    organisation: Annotated[str, Field(max_length=100, description="Only what it keeps.")] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """Best practices that are public, by identifier."""
    rows = queries.public()
    if organisation:
        rows = rows.filter(organisation=showable(organisation))
    return page(request, response, rows, shown, cursor=cursor, limit=limit, order="slug")


@router.get("/{id}", response=responses(PracticeDetail), by_alias=True, operation_id="getPractice")
def get_practice(request: HttpRequest, id: str) -> Any:  # noqa: A002 - the name in the contract
    """One best practice, whole."""
    found = queries.public().filter(slug=showable(id)).first()
    if found is None:
        raise Http404
    return shown_whole(found)


@router.post(
    "", response=responses(DraftOut, WRITE_PROBLEMS, status=201), by_alias=True, operation_id="createPractice"
)
def create_practice(request: HttpRequest, draft: DraftIn) -> Any:
    """Start a practice of your organisation, as a draft: it is read and published on the site."""
    actor, language = writer(request), draft.language
    known = {card.key for card in queries.challenges()}
    if unknown := [slug for slug in draft.challenges if slug not in known]:
        raise ProblemError(400, f"challenges: there is no '{showable(unknown[0])}'; see /challenges.")
    content: dict[str, Any] = {
        "title": {language: showable(draft.title)},
        "summary": {language: showable(draft.summary)},
        "organisations": {"lead": [draft.organisation]},
        "challenges": list(dict.fromkeys(draft.challenges)),
        "stage": draft.stage,
    }
    for field in wording.TEXTS:
        if value := showable(getattr(draft, field)).strip():
            content[field] = {language: value}
    try:
        version: Version = services.start(draft.organisation, content, actor=actor)
    except ContentError as error:
        raise ProblemError(400, error.problems[0].message) from error
    url = f"{settings.PUBLIC_URL}/nl{path('practices:work', version.practice.slug)}"
    return ninja.Status(201, {"id": version.practice.slug, "state": version.state, "url": url})


def table(language: str) -> Iterator[list[Any]]:
    """What is public, a row each; an empty cell was not reported."""
    with override(language):
        yield [
            *(_("Title"), _("Kept by"), _("How far is it?")),
            *(str(wording.LABELS[field]) for field in wording.TEXTS),
            "slug",
        ]
        names: dict[str, str] = {}
        for practice in queries.public().iterator(chunk_size=200):
            version, keeper = practice.public, practice.organisation
            if version is None:
                continue
            if keeper not in names:
                names[keeper] = naming.names([keeper])[0]
            content = version.content
            yield [
                wording.words(content["title"], language).text,
                names[keeper],
                str(wording.STAGES[content["stage"]]),
                *(wording.words(content.get(field), language).text for field in wording.TEXTS),
                practice.slug,
            ]
