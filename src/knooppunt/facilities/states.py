# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of an enquiry, which is one request at one facility, and whose each move is, as data.

A request goes to many facilities at once. Each answers by itself, so each enquiry has a state of its own.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from knooppunt.flow.table import Flow, Page, Verb, to


class State(models.TextChoices):
    SENT = "sent", _("waits for an answer of the facility")
    ACCEPTED = "accepted", _("accepted: the asker may agree")
    AGREED = "agreed", _("agreed: work can begin")
    DONE = "done", _("done")
    DECLINED = "declined", _("declined by the facility")
    WITHDRAWN = "withdrawn", _("withdrawn by the asker")


OPEN = (State.SENT, State.ACCEPTED, State.AGREED)


class Party(models.TextChoices):
    """Whose a move is; `permissions.parties` says which persons that are."""

    ASKER = "asker", _("an editor or administrator of the organisation that asks")
    LAB = "lab", _("an editor, administrator or data steward of the organisation that keeps the facility")


FLOW = Flow(
    kind="enquiry",
    states=State,
    parties=Party,
    not_now=_("This cannot be done while the request is: %(state)s."),
    verbs={
        "accept": Verb(_("Accept this request"), to(State.ACCEPTED, State.SENT, by=Party.LAB)),
        "decline": Verb(
            _("Decline this request"),
            to(State.DECLINED, State.SENT, State.ACCEPTED, by=Party.LAB),
            asks=_("Say why: the other needs to know."),
        ),
        "agree": Verb(_("Agree with this facility"), to(State.AGREED, State.ACCEPTED, by=Party.ASKER)),
        "withdraw": Verb(
            _("Withdraw the request here"), to(State.WITHDRAWN, State.SENT, State.ACCEPTED, by=Party.ASKER)
        ),
        "finish": Verb(_("Finish the work"), to(State.DONE, State.AGREED, by=Party)),
    },
    deeds={
        "see": frozenset(Party),
        "book": frozenset({Party.ASKER}),
        "record-use": frozenset({Party.LAB}),
        "review": frozenset({Party.ASKER}),
        "upload-output": frozenset({Party.ASKER}),
    },
    page=Page(
        "facility",
        "States of a request at a facility",
        "One request goes to many facilities; at each it is an enquiry that moves as this table says and in"
        " no other way.",
        "Nobody else sees a request. A facility sees its own enquiry and not those at others.",
    ),
)
