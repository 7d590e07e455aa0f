# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What circles and introductions bring to the hub."""

from django.utils.translation import gettext_lazy as _

from knooppunt.circles import api, api_own, digest, membership, queries, retention, services, waiting
from knooppunt.circles.cards import KINDS
from knooppunt.circles.introductionstates import FLOW
from knooppunt.flow.app import App, Content, Duty, Export, Menu, Panel, Personal

APP = App(
    name="circles",
    kinds=KINDS,
    states=(FLOW,),
    api={
        "circles": api.router,
        "circle-memberships": api_own.membership_router,
        "introductions": api_own.introduction_router,
    },
    exports={"circles": Export(43, "Circles", api.export, api.load)},
    personal={"circles": Personal(retention.MODELS, retention.own_data, membership.release)},
    duties=(
        Duty(86_400, retention.forget),
        Duty(86_400, services.let_go),
        Duty(3_600, services.remind),
        Duty(3_600, digest.send_due),
    ),
    content={"circles": Content(services.load_content)},
    waiting=waiting.WAITING,
    reminders=waiting.REMINDERS,
    menu=(Menu("circles:overview", _("Circles"), 62, foot=True),),
    home=(Panel("circles/_home.html", queries.home_panel, 60),),
    on_organisation=(Panel("circles/_organisation.html", queries.on_organisation_page, 20),),
)
