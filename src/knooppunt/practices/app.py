# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the best practices bring to the hub."""

from django.utils.translation import gettext_lazy as _

from knooppunt.flow.app import App, Content, Duty, Export, Menu, Personal, Table
from knooppunt.practices import api, letters, moves, portable, retention, waiting
from knooppunt.practices.cards import KINDS
from knooppunt.practices.services import load_content
from knooppunt.practices.states import FLOW

APP = App(
    name="practices",
    kinds=KINDS,
    states=(FLOW,),
    api={"practices": api.router},
    exports={"practices": Export(40, "Best practices", portable.export, portable.load)},
    tables={"praktijken": Table(_("Best practices"), api.table)},
    # Names of accounts become empty by themselves (SET_NULL); contacts go with the account.
    personal={"practices": Personal(retention.MODELS, retention.own_data)},
    duties=(
        Duty(3_600, moves.fall_due),
        Duty(86_400, letters.remind),
        Duty(86_400, retention.forget),
    ),
    content={"practices": Content(load_content)},
    waiting=waiting.WAITING,
    reminders=waiting.REMINDERS,
    menu=(Menu("practices:overview", _("Practices"), 30),),
)
