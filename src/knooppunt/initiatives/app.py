# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What initiatives and contacts bring to the hub."""

from django.utils.translation import gettext_lazy as _

from knooppunt.flow.app import App, Content, Duty, Export, Menu, Panel, Personal
from knooppunt.initiatives import api, contactstates, queries, retention, states, waiting
from knooppunt.initiatives.cards import KINDS
from knooppunt.initiatives.services import load_content

APP = App(
    name="initiatives",
    kinds=KINDS,
    states=(states.FLOW, contactstates.FLOW),
    api={"initiatives": api.router},
    exports={"initiatives": Export(42, "Initiatives", api.export, api.load)},
    # Names of accounts become empty by themselves (SET_NULL); contact persons go with the account.
    personal={"initiatives": Personal(retention.MODELS, retention.own_data)},
    duties=(Duty(86_400, retention.forget),),
    content={"initiatives": Content(load_content)},
    waiting=waiting.WAITING,
    reminders=waiting.REMINDERS,
    menu=(Menu("initiatives:overview", _("Initiatives"), 33),),
    on_organisation=(Panel("initiatives/_organisation.html", queries.on_organisation_page, 10),),
)
