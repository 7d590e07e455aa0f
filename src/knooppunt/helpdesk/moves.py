# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happens to a question in a move: its clock, what is said, who is told, and what goes along with it.

Inside the transaction of the verb, which holds the question and asked policy and permission.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from knooppunt.flow.history import record
from knooppunt.helpdesk import attaching, clock, letters
from knooppunt.helpdesk.models import Message, Question
from knooppunt.helpdesk.states import FLOW, ON_CLOCK, PAUSED, Party, State
from knooppunt.web.filechecks import Checked

SPOKEN = frozenset({"answer", "ask-back"})


@dataclass(frozen=True)
class Words:
    """What goes with a move: a text, files, and the "kind:key" of an answer that is here already."""

    text: str = ""
    files: Sequence[Checked] = ()
    points_to: str = ""


SILENT = Words()


def make(
    question: Question,
    verb: str,
    target: State,
    *,
    actor: Any,
    found: set[Party],
    words: Words = SILENT,
) -> None:
    """Write the move; two mails at most, and one audit line."""
    source, now = State(question.state), timezone.now()
    if target != source:
        set_clock(question, source, target, now)
    question.state, question.changed, question.reminded = target, now, False
    question.revision += 1
    if target != State.MERGED:
        question.merged_into = None
    question.save()
    if words.text.strip():
        attaching.attach(question, words.files, say(question, verb, words, actor, found))
    record(FLOW, question, verb, source, actor=actor)
    told = FLOW.verbs[verb].tells
    if Party.ASKER in told:
        letters.tell_asker(question, "moved")
    if Party.EXPERT in told:
        letters.tell_expert(question)


def set_clock(question: Question, source: State, target: State, now: datetime) -> None:
    """Run, stand still or stop. Asking on begins a term anew; after a pause goes on what was left of it."""
    here = timezone.localtime(now)
    if target in ON_CLOCK and source not in ON_CLOCK:
        question.due = clock.due(here, question.left if source in PAUSED else clock.TERM)
    elif target not in ON_CLOCK and source in ON_CLOCK:
        question.left = clock.open_time(here, question.due or now)
        question.due = None


def say(question: Question, verb: str, words: Words, actor: Any, found: set[Party]) -> Message:
    """Keep the words of a move: for the asker only what an expert says to the asker."""
    role = Message.Role.EXPERT if verb in SPOKEN else Message.Role.ASKER
    if verb not in SPOKEN and (verb == "return" or Party.ASKER not in found):
        role = Message.Role.NOTE
    return Message.objects.create(
        question=question, role=role, author=actor, text=words.text, points_to=words.points_to
    )


def answer_merged(question: Question, words: Words, *, actor: Any) -> None:
    """Give the answer to everyone whose question was joined with this one."""
    for other in question.merged.select_for_update().filter(state=State.MERGED):
        make(other, "answer", State.ANSWERED, actor=actor, found={Party.EXPERT}, words=words)


def release_merged(question: Question, *, actor: Any) -> None:
    """Questions joined with one that is closed or goes wait on their own again."""
    for other in question.merged.select_for_update().filter(state=State.MERGED):
        make(other, "split", State.OPEN, actor=actor, found={Party.EXPERT})
