# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of an initiative, and whose each move is, as data.

An initiative is public from the first idea: connection must start when somebody begins. One that stopped
keeps its lesson in public; one that finished is followed up by a practice.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from knooppunt.flow.table import Flow, Page, Verb, to


class State(models.TextChoices):
    IDEA = "idea", _("idea")
    PREPARING = "preparing", _("being prepared")
    RUNNING = "running", _("running")
    STOPPED = "stopped", _("stopped")
    DONE = "done", _("done")
    FOLLOWED_UP = "followed-up", _("followed up by a practice")
    WITHDRAWN = "withdrawn", _("withdrawn")


BUSY = (State.IDEA, State.PREPARING, State.RUNNING)
PUBLIC = (*BUSY, State.STOPPED, State.DONE, State.FOLLOWED_UP)


class Party(models.TextChoices):
    """Whose a move is; `permissions.parties` says which persons that are."""

    OWNER = "owner", _("an editor or administrator of the organisation that has the initiative")
    HUB = "hub", _("an editor or administrator of the hub, who can only take it off")


LESSON = _("Tell what you learned, or why: others start from there.")
FLOW = Flow(
    kind="initiative",
    states=State,
    parties=Party,
    not_now=_("This cannot be done while it is: %(state)s."),
    verbs={
        "prepare": Verb(
            _("We are preparing it"), to(State.PREPARING, State.IDEA, State.STOPPED, by=Party.OWNER)
        ),
        "start": Verb(_("It is running"), to(State.RUNNING, State.IDEA, State.PREPARING, by=Party.OWNER)),
        "stop": Verb(_("It has stopped"), to(State.STOPPED, *BUSY, by=Party.OWNER), asks=LESSON),
        "finish": Verb(_("It is done"), to(State.DONE, State.RUNNING, by=Party.OWNER), asks=LESSON),
        "follow-up": Verb(_("Make a practice of it"), to(State.FOLLOWED_UP, State.DONE, by=Party.OWNER)),
        "withdraw": Verb(_("Take it off the hub"), to(State.WITHDRAWN, *PUBLIC, by=Party), asks=LESSON),
    },
    deeds={"change": frozenset({Party.OWNER}), "ask-for-help": frozenset({Party.OWNER})},
    page=Page(
        "initiative",
        "States of an initiative",
        "An initiative is public from the first idea; what stopped stays, with what was learned.",
        "Members of one organisation are nobody to the initiative of another.",
    ),
)
TELLS_LESSON = frozenset({"stop", "finish"})
