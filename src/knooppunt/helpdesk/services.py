# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs of the help desk: all that pages and other apps may call to change something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from bronnen.language import guess_language
from knooppunt.catalogue.audit import audit
from knooppunt.helpdesk import attaching, clock, learning, letters, moves, permissions, policies, queries
from knooppunt.helpdesk.models import Desk, Helped, Message, Question
from knooppunt.helpdesk.queries import answered_since
from knooppunt.helpdesk.states import FLOW, Party, State
from knooppunt.helpdesk.suggesting import likely_theme
from knooppunt.redaction import find, redact
from knooppunt.toolkit import services as toolkit
from knooppunt.web.answers import require
from knooppunt.web.filechecks import Checked

__all__ = ["answered_since", "ask", "helped", "judge", "move", "note", "send_on"]
SHORT = 300


@transaction.atomic
def ask(
    text: str,
    email: str,
    *,
    language: str,
    theme: str = "",
    desk: Desk | None = None,
    files: Sequence[Checked] = (),
    organisation: str = "",
    actor: Any = None,
    quiet: bool = False,
) -> Question:
    """A new question, by anyone, to the desk for its theme when there is one; who has least to do is told.

    The asker gets the link to its page by mail; not when `quiet`: a machine might answer that letter.
    """
    policies.check_can_ask(email, desk)
    require(not organisation or permissions.may_ask_for(actor, organisation))
    theme = theme or (desk.theme if desk else "") or likely_theme(text, language)
    desk = desk or queries.desk_for(theme)
    question = Question.objects.create(
        text=text, email=email, theme=theme, desk=desk, author=actor, organisation=organisation,
        language=guess_language(text) or language, expert=queries.expert_for(theme, desk),
        due=clock.due(timezone.localtime(), clock.TERM),
    )  # fmt: skip
    attaching.attach(question, files)
    audit("ask", "question", str(question.pk), actor=actor)
    if not quiet:
        letters.tell_asker(question, "asked")
    letters.tell_expert(question)
    return question


@transaction.atomic
def helped(kind: str, key: str) -> None:
    """Count that a suggestion helped: nobody had to answer. Nothing is kept of who said so."""
    Helped.objects.get_or_create(kind=kind, key=key)
    Helped.objects.filter(kind=kind, key=key).update(count=F("count") + 1)


@transaction.atomic
def note(question: Question, text: str, *, actor: Any) -> Message:
    """A note that the asker never sees."""
    require(permissions.may("write notes", permissions.parties(actor, question)))
    audit("note", "question", str(question.pk), actor=actor)
    return Message.objects.create(question=question, role=Message.Role.NOTE, author=actor, text=text)


@transaction.atomic
def move(
    question: Question,
    verb: str,
    *,
    actor: Any,
    revision: int,
    text: str = "",
    proposal: dict[str, Any] | None = None,
    into: int | None = None,
    files: Sequence[Checked] = (),
    points_to: str = "",
    by_key: bool = False,
) -> Question:
    """Make a move of the table. Two at once: the second is told and changes nothing.

    `proposal` goes with "publish", `into` (the number of another question) with "merge",
    `points_to` ("kind:key" of an answer that is here) with "answer".
    """
    question = Question.objects.select_for_update().get(pk=question.pk)
    found = permissions.parties(actor, question, by_key=by_key)
    require(permissions.may("see", found))
    policies.check_revision(question, revision)
    target = FLOW.check(verb, question.state, found, text)
    require(permissions.may_move(found, question, verb))
    if verb == "merge":
        _join(question, into, actor)
    elif verb == "take":
        question.expert = actor
    elif verb == "propose":
        question.writer, question.proposal = actor, propose(question)
    elif verb == "confirm":
        question.slug = _confirm(question, actor)
    elif verb == "publish":
        question.proposal = proposal or question.proposal
        question.slug = _publish(question, actor)
    words = moves.Words(text, files, points_to)
    moves.make(question, verb, target, actor=actor, found=found, words=words)
    if verb == "answer":
        moves.answer_merged(question, words, actor=actor)
    elif verb == "close":
        moves.release_merged(question, actor=actor)
    elif verb == "publish" and question.verdict == Question.Verdict.YES:
        learning.accept([("faq", question.slug)], 1)
    elif verb == "merge":
        _answer_at_once(question, actor)
    return question


@transaction.atomic
def send_on(
    question: Question, theme: str, desk: Desk | None, *, actor: Any, revision: int, text: str = ""
) -> Question:
    """Give a question another theme, and with it another desk: there it goes to who has least to do. The term
    stays.

    Without `desk` it goes to the desk for the theme, or to the staff of the hub.
    """
    question = Question.objects.select_for_update().get(pk=question.pk)
    found = permissions.parties(actor, question)
    require(permissions.may("see", found))
    policies.check_revision(question, revision)
    target = FLOW.check("route", question.state, found, text)
    question.theme, question.desk = theme, desk or queries.desk_for(theme)
    question.expert = queries.expert_for(theme, question.desk, besides=actor)
    moves.make(question, "route", target, actor=actor, found=found, words=moves.Words(text))
    letters.tell_expert(question)
    return question


def _join(question: Question, into: int | None, actor: Any) -> None:
    """Put the question, and those joined with it, behind another one that is the expert's as well."""
    other = policies.check_can_merge(question, into)
    require(Party.EXPERT in permissions.parties(actor, other))
    question.merged_into = other
    question.merged.update(merged_into=other)


def _answer_at_once(question: Question, actor: Any) -> None:
    """Who is joined with a question that is answered already gets that answer now."""
    other = question.merged_into
    answer = queries.last_answer(other) if other and other.state == State.ANSWERED else None
    if other is not None and answer is not None:
        words = moves.Words(answer.text, attaching.files_of(answer), answer.points_to)
        moves.answer_merged(other, words, actor=actor)


@transaction.atomic
def judge(question: Question, verdict: str, *, actor: Any, by_key: bool) -> None:
    """Whether the answer helped, as who asked says it; saying it again changes it, and what it taught."""
    question = Question.objects.select_for_update().get(pk=question.pk)
    found = permissions.parties(actor, question, by_key=by_key)
    require(permissions.may("judge", found))
    policies.check_can_judge(question)
    helped_before, question.verdict = question.verdict == Question.Verdict.YES, Question.Verdict(verdict)
    helps_now = question.verdict == Question.Verdict.YES
    learning.accept(learning.taught_by(question), helps_now - helped_before)
    question.save(update_fields=["verdict"])
    audit("judge", "question", str(question.pk), actor=actor, detail={"verdict": verdict})


def propose(question: Question) -> dict[str, Any]:
    """Question and last answer without the personal data that was found, for the second reader to change."""
    answer = queries.last_answer(question)
    texts = {"question": question.text, "answer": answer.text if answer else ""}
    return {name: redact(text, find(text), question.language) for name, text in texts.items()}


def _publish(question: Question, actor: Any) -> str:
    answer = question.proposal["answer"]
    content = {
        "question": {question.language: question.proposal["question"]},
        "answer": {question.language: answer},
        "short": {question.language: answer.strip().split("\n")[0][:SHORT]},
        "legal": True,
        "laws": question.proposal.get("laws", []),
        "reviewed": timezone.localdate().isoformat(),
        "review_months": question.proposal.get("review_months", 12),
    }
    theme = question.theme or toolkit.Theme.WORKING.value
    made = toolkit.publish_answer(theme, content, writer=question.writer, actor=actor, renews=question.renews)
    return made.entry.slug


def _confirm(question: Question, actor: Any) -> str:
    """The answer that was brought back is still right: its review day moves on."""
    version = next((v for v in toolkit.expired() if v.entry.slug == question.renews), None)
    if version is not None:
        toolkit.renew(version, actor=actor)
    return question.renews
