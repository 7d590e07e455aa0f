# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of a design: who writes it, who reads it as second, and when anyone can see it."""

from django.db import models

from knooppunt.flow.table import Flow, Page, Verb, to


class State(models.TextChoices):
    DRAFT = "draft", "draft"
    SUBMITTED = "submitted", "waits for a second reader"
    PUBLISHED = "published", "published"
    WITHDRAWN = "withdrawn", "withdrawn"
    REPLACED = "replaced", "replaced by a newer version"


OPEN = (State.DRAFT, State.SUBMITTED)


class Party(models.TextChoices):
    WRITER = "writer", "an editor of the organisation that makes the toy"
    READER = "reader", "an editor of that organisation who did not write this version"
    CLOCK = "clock", "the hub itself"


WRITERS, READERS = frozenset({Party.WRITER}), frozenset({Party.READER})
WHAT = "Say what must change."
FLOW = Flow(
    kind="design",
    states=State,
    parties=Party,
    clock=Party.CLOCK,
    not_now="This cannot be done while the design is: %(state)s.",
    verbs={
        "submit": Verb("Send", to(State.SUBMITTED, State.DRAFT, by=Party.WRITER), tells=READERS),
        "publish": Verb("Publish", to(State.PUBLISHED, State.SUBMITTED, by=Party.READER), tells=WRITERS),
        "ask-changes": Verb(
            "Ask for changes", to(State.DRAFT, State.SUBMITTED, by=Party.READER), WHAT, WRITERS
        ),
        "withdraw": Verb("Withdraw", to(State.WITHDRAWN, State.PUBLISHED, by=Party.WRITER)),
        "replace": Verb("Replace", to(State.REPLACED, State.PUBLISHED, State.WITHDRAWN, by=Party.CLOCK)),
    },
    deeds={"see": READERS | WRITERS, "write": WRITERS},
    page=Page("design", "States of a design", "A design moves as this table says."),
)
