# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of a question, and whose each move is, as data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from knooppunt.flow.table import Flow, Page, Verb, to


class State(models.TextChoices):
    OPEN = "open", _("waits for an expert")
    TAKEN = "taken", _("an expert works on it")
    ASKED_BACK = "asked-back", _("waits for the asker")
    MERGED = "merged", _("gets the answer to another question")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("closed")
    PROPOSED = "proposed", _("waits for a second reader")
    PUBLISHED = "published", _("published among the frequently asked questions")


ON_CLOCK = (State.OPEN, State.TAKEN)
PAUSED = (State.ASKED_BACK, State.MERGED)
WAITING = (*ON_CLOCK, State.PROPOSED)
OVER = (State.ANSWERED, State.CLOSED, State.PUBLISHED)
JOINABLE = (State.OPEN, State.TAKEN, State.ASKED_BACK, State.ANSWERED)
JUDGED = (State.ANSWERED, State.CLOSED, State.PROPOSED, State.PUBLISHED)


class Party(models.TextChoices):
    """Whose a move is; `permissions.parties` says which persons that are."""

    ASKER = "asker", _("who asked, by account or by the link in the mail")
    EXPERT = (
        "expert",
        _(
            "an editor, connector or administrator of the hub, or someone of the team of the desk while it "
            "is open"
        ),
    )
    READER = "reader", _("an editor or administrator of the hub who did not write the proposal")


WORDS = _("Write something: the other needs to know.")
FLOW = Flow(
    kind="question",
    states=State,
    parties=Party,
    not_now=_("This cannot be done while the question is: %(state)s."),
    verbs={
        "take": Verb(_("Take this question"), to(State.TAKEN, State.OPEN, by=Party.EXPERT)),
        "answer": Verb(
            _("Answer this question"),
            to(
                State.ANSWERED,
                *(State.TAKEN, State.ASKED_BACK, State.MERGED, State.ANSWERED),
                by=Party.EXPERT,
            ),
            asks=WORDS,
            tells=frozenset({Party.ASKER}),
        ),
        "route": Verb(
            _("Send on to another theme or desk"), to(State.OPEN, State.OPEN, State.TAKEN, by=Party.EXPERT)
        ),
        "ask-back": Verb(
            _("Ask the asker something"),
            to(State.ASKED_BACK, State.TAKEN, by=Party.EXPERT),
            asks=WORDS,
            tells=frozenset({Party.ASKER}),
        ),
        "tell": Verb(
            _("Tell more"),
            to(State.OPEN, State.OPEN, by=Party.ASKER)
            + to(State.TAKEN, State.TAKEN, State.ASKED_BACK, by=Party.ASKER)
            + to(State.MERGED, State.MERGED, by=Party.ASKER),
            asks=WORDS,
            tells=frozenset({Party.EXPERT}),
        ),
        "resume": Verb(_("Go on without waiting"), to(State.TAKEN, State.ASKED_BACK, by=Party.EXPERT)),
        "merge": Verb(
            _("Join with another question"),
            to(State.MERGED, State.OPEN, State.TAKEN, State.ASKED_BACK, by=Party.EXPERT),
        ),
        "split": Verb(_("Answer this question on its own"), to(State.OPEN, State.MERGED, by=Party.EXPERT)),
        "reopen": Verb(
            _("Ask on"),
            to(State.OPEN, State.ANSWERED, State.CLOSED, by=(Party.ASKER, Party.EXPERT)),
            asks=WORDS,
            tells=frozenset({Party.EXPERT}),
        ),
        "close": Verb(
            _("Close this question"),
            to(
                State.CLOSED,
                *(State.OPEN, State.TAKEN, State.ASKED_BACK, State.MERGED, State.ANSWERED),
                by=(Party.ASKER, Party.EXPERT),
            ),
        ),
        "propose": Verb(
            _("Propose for the frequently asked questions"),
            to(State.PROPOSED, State.ANSWERED, State.CLOSED, by=Party.EXPERT),
        ),
        "confirm": Verb(
            _("The published answer is still right"),
            to(State.PUBLISHED, State.OPEN, State.TAKEN, by=Party.READER),
        ),
        "publish": Verb(
            _("Publish this answer"),
            to(State.PUBLISHED, State.PROPOSED, by=Party.READER),
            tells=frozenset({Party.ASKER}),
        ),
        "return": Verb(
            _("Give back to the expert"), to(State.ANSWERED, State.PROPOSED, by=Party.READER), asks=WORDS
        ),
    },
    deeds={
        "see": frozenset(Party),
        "see notes": frozenset({Party.EXPERT, Party.READER}),
        "write notes": frozenset({Party.EXPERT}),
        "edit proposal": frozenset({Party.READER}),
        "judge": frozenset({Party.ASKER}),
    },
    page=Page(
        "question",
        "States of a question to the help desk",
        "A question moves as this table says and in no other way.",
        "For everyone else the page of a question does not exist. Desks are opened and changed by "
        "connectors and administrators of the hub; what the suggestions learned is seen and taken back by "
        "its editors and administrators. Who has a role at an organisation may ask for it; its privacy "
        "officer then sees the question without who asked, and not its page.",
    ),
)
# Only of a question that brings a published answer back.
OF_RENEWAL = frozenset({"confirm"})
TAKES_FILES = frozenset({"answer", "ask-back", "tell", "reopen"})
