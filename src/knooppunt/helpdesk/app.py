# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the help desk brings to the hub."""

from django.utils.translation import gettext_lazy as _

from knooppunt.flow.app import App, Duty, Export, Menu, OwnPage, Personal
from knooppunt.helpdesk import (
    api,
    attaching,
    desks,
    expiring,
    mailfetch,
    mailin,
    officer,
    permissions,
    portable,
    reminding,
    retention,
    waiting,
)
from knooppunt.helpdesk.states import FLOW

APP = App(
    name="helpdesk",
    states=(FLOW,),
    api={"questions": api.question_router, "suggestions": api.suggestion_router},
    exports={
        "desks": Export(60, "Desks", portable.export_desks, portable.load_desks),
        "helped": Export(61, "Answers that helped", portable.export_helped, portable.load_helped),
    },
    personal={"helpdesk": Personal(retention.MODELS, retention.own_data, retention.let_go)},
    duties=(
        Duty(86_400, retention.forget),
        Duty(86_400, desks.hand_over),
        Duty(86_400, expiring.bring_back),
        Duty(86_400, desks.forget),
        Duty(86_400, attaching.sweep),
        Duty(86_400, mailin.forget),
        Duty(300, mailfetch.fetch),
        Duty(3_600, reminding.remind),
    ),
    waiting=waiting.WAITING,
    menu=(Menu("helpdesk:ask", _("Help desk"), 45),),
    own_pages=(
        OwnPage("helpdesk:officer", _("For the privacy officer"), officer.is_officer),
        OwnPage("helpdesk:queue", _("Questions that wait"), permissions.works_here),
    ),
    also=attaching.register,
)
