# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Instruments and steps in the API, to read; forms of one's own, to read and to fill in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Router, Status

from knooppunt.api.face import WRITE_PROBLEMS, reader, reads, responses, writer
from knooppunt.api.paging import page
from knooppunt.api.problems import ProblemError
from knooppunt.api.schemas import Cursor, Limit, Resource, Text
from knooppunt.catalogue.kinds import path
from knooppunt.catalogue.texts import showable
from knooppunt.toolkit import answering, teamwork
from knooppunt.toolkit.formstates import FormState
from knooppunt.toolkit.models import Form, Instrument, Step

instrument_router = Router(tags=["instruments"])
step_router = Router(tags=["steps"])
form_router = Router(tags=["forms"])
MOST_PK = 2**31 - 1


class InstrumentOut(Resource):
    """A set of questions with what follows from the answers, as it is offered now."""

    id: str
    title: Text
    summary: Text
    version: str
    url: str


class InstrumentDetail(InstrumentOut):
    """`content` has the shape of `instrument.schema.json`: sections, conditions, outcomes."""

    content: dict[str, Any]


class InstrumentPage(Resource):
    items: list[InstrumentOut]
    next: str | None = None


class StepOut(Resource):
    """A step of the plan from problem to evaluation."""

    id: str
    number: int
    title: Text
    why: Text
    do: list[Text]
    ask: list[Text]
    pitfalls: list[Text]
    involve: Text
    instruments: list[str]
    examples: list[str]
    url: str


class StepPage(Resource):
    items: list[StepOut]
    next: str | None = None


class FormIn(Resource):
    """A form to begin, on the version of the instrument that is offered now."""

    instrument: str = Field(max_length=80)
    organisation: str = Field(max_length=100)
    title: str = Field(min_length=1, max_length=200)


class AnswersIn(Resource):
    """Answers by question: a text, the value of an option, a list of values, or true for a box."""

    answers: dict[Annotated[str, Field(max_length=1_100)], str | bool | list[str]]


class FormOut(Resource):
    """A form that a team fills in, and how it stands."""

    id: int
    instrument: str
    version: str
    organisation: str
    title: str
    state: FormState
    answered: int
    asked: int
    changed: datetime
    url: str


class OptionOut(Resource):
    value: str
    label: Text


class QuestionOut(Resource):
    """A question that is asked now, with its answer so far."""

    id: str
    section: str
    kind: Literal["open", "choice", "multiple", "number", "date", "confirm", "sign", "file"]
    text: Text
    help: Text
    options: list[OptionOut]
    answer: Any


class FollowsOut(Resource):
    title: Text
    text: Text


class FormDetail(FormOut):
    questions: list[QuestionOut]
    outcomes: list[FollowsOut]


class FormPage(Resource):
    items: list[FormOut]
    next: str | None = None


def _text(value: dict[str, str] | None) -> Text:
    return Text(**(value or {}))


def _url(view: str, *args: Any) -> str:
    return f"{settings.PUBLIC_URL}/nl{path(view, *args)}"


def instrument_shown(instrument: Instrument) -> dict[str, Any]:
    content = instrument.current.content if instrument.current else {}
    return {
        "id": instrument.slug,
        "title": _text(content.get("title")),
        "summary": _text(content.get("summary")),
        "version": content.get("version", ""),
        "url": _url("toolkit:instrument", instrument.slug),
    }


def step_shown(step: Step) -> dict[str, Any]:
    content = step.content
    return {
        "id": step.slug,
        "number": step.number,
        **{name: _text(content[name]) for name in ("title", "why", "involve")},
        **{name: [_text(text) for text in content[name]] for name in ("do", "ask", "pitfalls")},
        **{name: content[name] for name in ("instruments", "examples")},
        "url": _url("toolkit:step", step.slug),
    }


def form_shown(form: Form) -> dict[str, Any]:
    answered, asked = answering.progress(form.content, form.answers)
    names = ("organisation", "title", "state", "changed")
    return {
        "id": form.pk,
        "instrument": form.version.instrument.slug,
        "version": form.version.version,
        **{name: getattr(form, name) for name in names},
        "answered": answered,
        "asked": asked,
        "url": _url("toolkit:form", form.pk),
    }


def form_whole(form: Form) -> dict[str, Any]:
    content = form.content
    asked = answering.visible(content, form.answers)
    return {
        **form_shown(form),
        "questions": [
            {
                "id": question["id"],
                "section": section["id"],
                "kind": question["kind"],
                "text": _text(question["text"]),
                "help": _text(question.get("help")),
                "options": [
                    {"value": o["value"], "label": _text(o["label"])} for o in question.get("options", [])
                ],
                "answer": form.answers.get(question["id"]),
            }
            for section in content["sections"]
            for question in section["questions"]
            if question["id"] in asked
        ],
        "outcomes": [
            {"title": _text(outcome["title"]), "text": _text(outcome["text"])}
            for outcome in answering.outcomes(content, form.answers)
        ],
    }


def _offered() -> Any:
    return (
        Instrument.objects.prefetch_related("versions")
        .filter(offered=True, versions__isnull=False)
        .distinct()
    )


@instrument_router.get("", response=responses(InstrumentPage), by_alias=True, operation_id="listInstruments")
def list_instruments(
    request: HttpRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = 50
) -> Any:
    """Instruments that are offered, by identifier."""
    return page(request, response, _offered(), instrument_shown, cursor=cursor, limit=limit, order="slug")


@instrument_router.get(
    "/{id}", response=responses(InstrumentDetail), by_alias=True, operation_id="getInstrument"
)
def get_instrument(request: HttpRequest, id: str) -> Any:  # noqa: A002 - the name in the contract
    """One instrument with its questions."""
    found = _offered().filter(slug=showable(id)).first()
    if found is None:
        raise Http404
    return {**instrument_shown(found), "content": found.current.content}


@step_router.get("", response=responses(StepPage), by_alias=True, operation_id="listSteps")
def list_steps(request: HttpRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """The steps of the plan, by identifier; `number` is their order."""
    return page(request, response, Step.objects.all(), step_shown, cursor=cursor, limit=limit, order="slug")


@step_router.get("/{id}", response=responses(StepOut), by_alias=True, operation_id="getStep")
def get_step(request: HttpRequest, id: str) -> Any:  # noqa: A002 - the name in the contract
    """One step."""
    found = Step.objects.filter(slug=showable(id)).first()
    if found is None:
        raise Http404
    return step_shown(found)


@form_router.get("", response=responses(FormPage, reads(401)), by_alias=True, operation_id="listForms")
def list_forms(request: HttpRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Forms that the owner of the token may see, the oldest first."""
    rows = teamwork.forms_of(reader(request)).distinct()
    return page(request, response, rows, form_shown, cursor=cursor, limit=limit)


@form_router.post(
    "", response=responses(FormOut, WRITE_PROBLEMS, status=201), by_alias=True, operation_id="createForm"
)
def create_form(request: HttpRequest, wanted: FormIn) -> Any:
    """Begin a form for your organisation."""
    actor = writer(request)
    instrument = _offered().filter(slug=showable(wanted.instrument)).first()
    if instrument is None:
        raise ProblemError(400, "instrument: there is no such instrument; see /instruments.")
    title = showable(wanted.title).strip()
    if not title:
        raise ProblemError(400, "title: write what it is about.")
    made = teamwork.begin_form(instrument, showable(wanted.organisation), title, actor=actor)
    return Status(201, form_shown(made))


@form_router.get(
    "/{int:id}", response=responses(FormDetail, reads(401)), by_alias=True, operation_id="getForm"
)
def get_form(request: HttpRequest, id: int) -> Any:  # noqa: A002 - the name in the contract
    """One form with the questions that are asked now, their answers, and what follows."""
    return form_whole(_found(reader(request), id))


@form_router.patch(
    "/{int:id}", response=responses(FormDetail, WRITE_PROBLEMS), by_alias=True, operation_id="answerForm"
)
def answer_form(request: HttpRequest, id: int, given: AnswersIn) -> Any:  # noqa: A002 - as above
    """Answer some of the questions; the others stay. Files and signatures are given on the page."""
    actor = writer(request)
    form = _found(actor, id)
    kinds = {question["id"]: question["kind"] for question in answering.questions(form.content)}
    for key in given.answers:
        if kinds.get(key) in ("file", "sign"):
            raise ProblemError(400, f"answers: give '{showable(key)[:80]}' on the page of the form.")
    try:
        return form_whole(teamwork.answer(form, given.answers, actor=actor))
    except ValueError as error:
        raise ProblemError(400, f"answers: this is no answer to '{showable(str(error))[:80]}'.") from error


def _found(user: Any, pk: int) -> Form:
    found = teamwork.forms_of(user).filter(pk=min(pk, MOST_PK)).first()
    if found is None:
        raise Http404
    return found
