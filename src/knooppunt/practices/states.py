# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of a version of a practice, and whose each move between them is, as data.

A practice has at most one open version, that people work on, and at most one standing version, that is public
or was withdrawn: what anyone reads stays as it is while a new version is written and reviewed.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from knooppunt.flow.table import Flow, Page, Verb, to


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waits for a second reader of the organisation")
    ACCEPTED = "accepted", _("waits for a hub editor")
    SCHEDULED = "scheduled", _("will be published on a date")
    PUBLISHED = "published", _("published")
    REVIEW_DUE = "review-due", _("published, to be looked at again")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REPLACED = "replaced", _("replaced by a newer version")
    DROPPED = "dropped", _("dropped")


OPEN = (State.DRAFT, State.SUBMITTED, State.ACCEPTED, State.SCHEDULED)
PUBLIC = (State.PUBLISHED, State.REVIEW_DUE)
STANDING = (*PUBLIC, State.WITHDRAWN)
CLOSED = (State.REPLACED, State.DROPPED)


class Party(models.TextChoices):
    """Whose a move is; `permissions.parties` says which persons that are."""

    WRITER = "writer", _("an editor or administrator of the organisation that keeps the practice")
    READER = (
        "reader",
        _("an editor, administrator or data steward of that organisation who did not write this version"),
    )
    HUB = "hub", _("an editor or administrator of the hub")
    CLOCK = "clock", _("the hub itself, when the time is there")


WHY = _("Say why: the others need to know.")
WRITERS = frozenset({Party.WRITER})
FLOW = Flow(
    kind="practice",
    states=State,
    parties=Party,
    clock=Party.CLOCK,
    not_now=_("This cannot be done while the text is: %(state)s."),
    verbs={
        "submit": Verb(
            _("Send to a second reader"),
            to(State.SUBMITTED, State.DRAFT, by=Party.WRITER),
            tells=frozenset({Party.READER}),
        ),
        "take-back": Verb(_("Take back to go on writing"), to(State.DRAFT, State.SUBMITTED, by=Party.WRITER)),
        "accept": Verb(
            _("Agree, and send to the hub"),
            to(State.ACCEPTED, State.SUBMITTED, by=Party.READER),
            tells=WRITERS | {Party.HUB},
        ),
        "ask-changes": Verb(
            _("Ask for changes"),
            to(State.DRAFT, State.SUBMITTED, by=Party.READER) + to(State.DRAFT, State.ACCEPTED, by=Party.HUB),
            asks=WHY,
            tells=WRITERS,
        ),
        "publish": Verb(
            _("Publish now"),
            to(State.PUBLISHED, State.ACCEPTED, by=Party.HUB)
            + to(State.PUBLISHED, State.SCHEDULED, by=(Party.HUB, Party.CLOCK))
            + to(State.PUBLISHED, State.WITHDRAWN, by=Party.HUB),
            tells=WRITERS,
        ),
        "schedule": Verb(
            _("Publish on a date"), to(State.SCHEDULED, State.ACCEPTED, by=Party.HUB), tells=WRITERS
        ),
        "unschedule": Verb(_("Take the date off"), to(State.ACCEPTED, State.SCHEDULED, by=Party.HUB)),
        "fall-due": Verb(
            _("Ask whether it is still right"),
            to(State.REVIEW_DUE, State.PUBLISHED, by=Party.CLOCK),
            tells=WRITERS,
        ),
        "confirm": Verb(
            _("Confirm that it is still right"),
            to(State.PUBLISHED, State.REVIEW_DUE, by=(Party.WRITER, Party.HUB)),
        ),
        "withdraw": Verb(
            _("Withdraw"),
            to(State.WITHDRAWN, *PUBLIC, by=(Party.WRITER, Party.HUB)),
            asks=WHY,
            tells=WRITERS | {Party.HUB},
        ),
        "replace": Verb(_("Replace by the newer version"), to(State.REPLACED, *STANDING, by=Party.CLOCK)),
        "drop": Verb(_("Drop this draft"), to(State.DROPPED, State.DRAFT, by=Party.WRITER)),
    },
    # Who reads for the organisation sees the draft and comments; only writers write.
    deeds={
        "see": frozenset({Party.WRITER, Party.READER, Party.HUB}),
        "comment": frozenset({Party.WRITER, Party.READER, Party.HUB}),
        "write": WRITERS,
        "start": WRITERS,
        "offer-contact": frozenset({Party.WRITER, Party.READER}),
    },
    page=Page(
        "practice",
        "States of a practice",
        "A version of a practice moves as this table says and in no other way. A practice has at most one "
        f"open version ({', '.join(f'`{state}`' for state in OPEN)}) and one standing version "
        f"({', '.join(f'`{state}`' for state in STANDING)}), so what is public stays while a new version is "
        "written.",
        "What is public anyone may read. Editors of other organisations may tell that they did the same.",
    ),
)
