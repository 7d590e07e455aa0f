# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of a version of an answer or a definition, and whose each move is, as data.

Both have at most one open version, that hub editors work on, and one standing version: what anyone reads
stays as it is until someone else than the writer publishes the next.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from knooppunt.flow.table import Flow, Page, Verb, to


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waits for a second reader")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REPLACED = "replaced", _("replaced by a newer version")
    DROPPED = "dropped", _("dropped")


OPEN = (State.DRAFT, State.SUBMITTED)
STANDING = (State.PUBLISHED, State.WITHDRAWN)


class Party(models.TextChoices):
    """Whose a move is; `permissions.parties` says which persons that are."""

    EDITOR = "editor", _("an editor or administrator of the hub")
    READER = "reader", _("an editor or administrator of the hub who wrote nothing of this version")
    CLOCK = "clock", _("the hub itself, when another version takes its place")


WHY = _("Say why: the others need to know.")
WRITERS = frozenset({Party.EDITOR})
FLOW = Flow(
    kind="answer",
    states=State,
    parties=Party,
    clock=Party.CLOCK,
    not_now=_("This cannot be done while the text is: %(state)s."),
    verbs={
        "submit": Verb(
            _("Send to a second reader"),
            to(State.SUBMITTED, State.DRAFT, by=Party.EDITOR),
            tells=frozenset({Party.READER}),
        ),
        "take-back": Verb(_("Take back to go on writing"), to(State.DRAFT, State.SUBMITTED, by=Party.EDITOR)),
        "ask-changes": Verb(
            _("Ask for changes"),
            to(State.DRAFT, State.SUBMITTED, by=Party.READER),
            asks=WHY,
            tells=WRITERS,
        ),
        "publish": Verb(
            _("Publish"),
            to(State.PUBLISHED, State.SUBMITTED, by=Party.READER)
            + to(State.PUBLISHED, State.WITHDRAWN, by=Party.EDITOR),
            tells=WRITERS,
        ),
        "withdraw": Verb(
            _("Withdraw"), to(State.WITHDRAWN, State.PUBLISHED, by=Party.EDITOR), asks=WHY, tells=WRITERS
        ),
        "replace": Verb(_("Replace by the newer version"), to(State.REPLACED, *STANDING, by=Party.CLOCK)),
        "drop": Verb(_("Drop this draft"), to(State.DROPPED, State.DRAFT, by=Party.EDITOR)),
    },
    deeds={
        "see drafts": frozenset({Party.EDITOR, Party.READER}),
        "write": WRITERS,
        "renew": WRITERS,
    },
    page=Page(
        "toolkit",
        "States of an answer and a definition",
        "A version of an answer or a definition moves as this table says and in no other way; what is "
        "public stays while a new version is written.",
        "What is public anyone may read. An answer from the help desk is published by a second reader too. "
        "The texts of a step go the same way, but are never withdrawn: plans stand on every step.",
    ),
)
