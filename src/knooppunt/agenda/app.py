# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the agenda brings to the hub."""

from django.utils.translation import gettext_lazy as _

from knooppunt.agenda import api, pictures, services
from knooppunt.agenda.cards import KINDS
from knooppunt.agenda.states import FLOW
from knooppunt.flow.app import App, Content, Export, Menu, Panel, Table

APP = App(
    name="agenda",
    kinds=KINDS,
    states=(FLOW,),
    api={"actions": api.router},
    exports={"agendas": Export(20, "Agendas with their actions", api.export, api.load)},
    tables={"acties": Table(_("Actions"), api.table)},
    accounts_elsewhere="reports and reviews are public deeds of an organisation; they empty with the account",
    content={
        "agenda": Content(services.load_content),
        "agenda-example": Content(services.load_example, on_request=True),
    },
    home=(Panel("agenda/_home.html", pictures.home_panel, 10, stylesheet="agenda/agenda.css"),),
    menu=(Menu("agenda:overview", _("Agenda"), 20),),
)
