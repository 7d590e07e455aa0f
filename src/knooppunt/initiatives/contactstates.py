# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of a contact between two organisations, and whose each move is, as data.

A question to a peer and a request for help at a data lab, a statistics office, a university centre, start-ups
or students are one pattern: someone asks, the other accepts, they agree, and tell what came of it.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from knooppunt.flow.table import Flow, Page, Verb, to


class State(models.TextChoices):
    ASKED = "asked", _("waits for an answer")
    ACCEPTED = "accepted", _("accepted: they are in touch")
    AGREED = "agreed", _("agreed what to do together")
    DONE = "done", _("done")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN = (State.ASKED, State.ACCEPTED, State.AGREED)
IN_TOUCH = (State.ACCEPTED, State.AGREED)


class Party(models.TextChoices):
    """Whose a move is; `permissions.contact_parties` says which persons that are."""

    ASKER = "asker", _("an editor or contact person of the organisation that asked")
    ASKED = "asked", _("an editor or contact person of the organisation that was asked")


WRITE_DOWN = _("Write it down: the others need to know.")
FLOW = Flow(
    kind="contact",
    states=State,
    parties=Party,
    not_now=_("This cannot be done while it is: %(state)s."),
    verbs={
        "accept": Verb(_("Accept"), to(State.ACCEPTED, State.ASKED, by=Party.ASKED)),
        "decline": Verb(_("Decline"), to(State.DECLINED, State.ASKED, by=Party.ASKED)),
        "agree": Verb(
            _("Write down what you agreed"), to(State.AGREED, State.ACCEPTED, by=Party), asks=WRITE_DOWN
        ),
        "finish": Verb(_("Tell what came of it"), to(State.DONE, *IN_TOUCH, by=Party), asks=WRITE_DOWN),
        "withdraw": Verb(
            _("Withdraw the question"), to(State.WITHDRAWN, State.ASKED, State.ACCEPTED, by=Party.ASKER)
        ),
    },
    deeds={"see": frozenset(Party), "write": frozenset(Party)},
    page=Page(
        "initiative",
        "States of a contact",
        "A question to a peer and a request for help at a lab, a statistics office, a university, start-ups"
        " or students are one.",
        "Nobody else sees a contact: its address gives 404. Mail goes through the hub, and only where "
        "somebody takes messages.",
    ),
)
