# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The help desk for programs: ask and be helped without a token, follow one's own questions with one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Router, Status
from pydantic import AfterValidator

from knooppunt.api.face import ANYONE, WRITE_PROBLEMS, reader, reads, responses, writer
from knooppunt.api.paging import page
from knooppunt.api.problems import ProblemError
from knooppunt.api.schemas import Cursor, Limit, Resource
from knooppunt.catalogue.kinds import path
from knooppunt.catalogue.texts import showable
from knooppunt.helpdesk import permissions, policies, queries, services
from knooppunt.helpdesk.keys import key_of
from knooppunt.helpdesk.models import LONGEST, Message, Question
from knooppunt.helpdesk.states import State
from knooppunt.helpdesk.suggesting import suggest
from knooppunt.toolkit.services import Theme

question_router = Router(tags=["help desk"])
suggestion_router = Router(tags=["help desk"])
MOST_PK = 2**31 - 1
Language = Literal["nl", "en"]


def _email(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError as error:
        raise ValueError("give an e-mail address, such as name@example.org") from error
    return value


Email = Annotated[str, AfterValidator(_email)]


class SuggestIn(Resource):
    """What someone wants to know, in plain language."""

    text: str = Field(max_length=LONGEST)
    language: Language = "nl"


class SuggestionOut(Resource):
    """An answer that may help. `confidence` (0 to 1) is an estimate for the first; null for the rest."""

    kind: str
    id: str
    language: str
    title: str
    summary: str
    why: str
    confidence: float | None
    url: str


class SuggestionList(Resource):
    items: list[SuggestionOut]


class QuestionIn(Resource):
    """A question. `desk` is the name in the address of a desk that is open; else the theme decides."""

    text: str = Field(min_length=1, max_length=LONGEST)
    email: Email = Field(max_length=254)
    language: Language = "nl"
    theme: Theme | None = None
    desk: str = Field("", max_length=80)


class AskedOut(Resource):
    """The question as it was taken in. Who has `url` can read the question: keep it to yourself."""

    id: int
    state: State
    due: datetime | None
    url: str


class FileOut(Resource):
    name: str
    kind: str
    size: int
    url: str


class MessageOut(Resource):
    """What was said on a question; a note is for the desk only."""

    role: Message.Role
    text: str
    at: datetime
    files: list[FileOut]


class QuestionOut(Resource):
    """A question and how it stands. `due` is empty while the clock stands still."""

    id: int
    text: str
    language: str
    theme: str
    desk: str
    state: State
    asked: datetime
    changed: datetime
    due: datetime | None
    url: str


class QuestionDetail(QuestionOut):
    messages: list[MessageOut]
    files: list[FileOut]


class QuestionPage(Resource):
    items: list[QuestionOut]
    next: str | None = None


def shown(question: Question) -> dict[str, Any]:
    names = ("text", "language", "theme", "state", "asked", "changed", "due")
    return {
        "id": question.pk,
        **{name: getattr(question, name) for name in names},
        "desk": question.desk.slug if question.desk else "",
        "url": f"{settings.PUBLIC_URL}/nl{path('helpdesk:question', question.pk)}",
    }


def _files(attachments: Any) -> list[dict[str, Any]]:
    return [
        {"name": file.name, "kind": file.kind, "size": file.size,
         "url": f"{settings.PUBLIC_URL}/nl{path('helpdesk:attachment', file.question_id, file.pk)}"}
        for file in attachments
    ]  # fmt: skip


@suggestion_router.post(
    "",
    response=responses(SuggestionList, WRITE_PROBLEMS),
    by_alias=True,
    operation_id="suggestAnswers",
    openapi_extra=ANYONE,
)
def suggest_answers(request: HttpRequest, wanted: SuggestIn) -> Any:
    """The likeliest answers to a question, best first, with why. By POST, so no log holds the question."""
    return {
        "items": [
            {
                "kind": s.kind, "id": s.key, "language": s.lang, "title": s.title, "summary": s.summary,
                "why": s.why, "confidence": None if s.percent is None else s.percent / 100,
                "url": f"{settings.PUBLIC_URL}/{wanted.language}{s.url}",
            }
            for s in suggest(showable(wanted.text), wanted.language)
        ]
    }  # fmt: skip


@question_router.post(
    "",
    response=responses(AskedOut, WRITE_PROBLEMS, status=201),
    by_alias=True,
    operation_id="createQuestion",
    openapi_extra=ANYONE,
)
def create_question(request: HttpRequest, asked: QuestionIn) -> Any:
    """Ask the help desk. Without a token it is asked by nobody in particular, with one it is yours."""
    actor = writer(request) if request.token else None
    if not (text := showable(asked.text).strip()):
        raise ProblemError(400, "text: write what you want to know.")
    desk = queries.desks().filter(slug=showable(asked.desk)).first() if asked.desk else None
    if asked.desk and desk is None:
        raise ProblemError(400, "desk: there is no open desk with this name; leave it out for the help desk.")
    if policies.asks_too_often(request):
        raise ProblemError(429, policies.too_often())
    made = services.ask(
        text, asked.email, theme=asked.theme or "", desk=desk, actor=actor, language=asked.language
    )
    url = f"{settings.PUBLIC_URL}/{asked.language}{path('helpdesk:open')}?sleutel={key_of(made)}"
    return Status(201, {"id": made.pk, "state": made.state, "due": made.due, "url": url})


@question_router.get(
    "", response=responses(QuestionPage, reads(401, 403)), by_alias=True, operation_id="listQuestions"
)
def list_questions(
    request: HttpRequest,
    response: HttpResponse,
    of: Annotated[
        Literal["mine", "desk"], Field(description="`mine`: that you asked; `desk`: that you answer.")
    ] = "mine",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """Questions of the owner of the token, the oldest first: asked by them, or waiting at their desk."""
    user = reader(request)
    if of == "desk" and not permissions.works_here(user):
        raise ProblemError(403, "You work at no desk that is open.")
    rows = queries.queue(queries.of(user)) if of == "desk" else Question.objects.filter(author=user)
    return page(request, response, rows.select_related("desk"), shown, cursor=cursor, limit=limit)


@question_router.get(
    "/{int:id}",
    response=responses(QuestionDetail, reads(401, 403)),
    by_alias=True,
    operation_id="getQuestion",
)
def get_question(request: HttpRequest, id: int) -> Any:  # noqa: A002 - the name in the contract
    """One question with what was said, to who asked it and to the desk."""
    user = reader(request)
    found = Question.objects.select_related("desk").filter(pk=min(id, MOST_PK)).first()
    parties = permissions.parties(user, found) if found else set()
    if found is None or not permissions.may("see", parties):
        raise Http404
    said = queries.said(found, notes=permissions.may("see notes", parties))
    return {
        **shown(found),
        "files": _files(found.attachments.filter(message=None)),
        "messages": [
            {"role": m.role, "text": m.text, "at": m.at, "files": _files(m.attachments.all())} for m in said
        ],
    }
