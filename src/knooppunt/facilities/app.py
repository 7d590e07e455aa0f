# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the facilities bring to the hub."""

from django.utils.translation import gettext_lazy as _

from knooppunt.facilities import api, outputstates, retention, states
from knooppunt.facilities.cards import KINDS
from knooppunt.facilities.services import load_content
from knooppunt.flow.app import App, Content, Duty, Export, Menu, Personal

APP = App(
    name="facilities",
    kinds=KINDS,
    states=(states.FLOW, outputstates.FLOW),
    api={"facilities": api.router},
    exports={"facilities": Export(45, "Facilities", api.export, api.load)},
    # Names of accounts become empty by themselves (SET_NULL).
    personal={"facilities": Personal(retention.MODELS, retention.own_data)},
    duties=(Duty(86_400, retention.forget),),
    content={"facilities": Content(load_content)},
    menu=(Menu("facilities:overview", _("Facilities"), 36),),
)
