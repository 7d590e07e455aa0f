# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the check of data brings to the hub."""

from django.utils.translation import gettext_lazy as _

from knooppunt.datacheck import monthly, services
from knooppunt.flow.app import App, Duty, Menu

APP = App(
    name="datacheck",
    duties=(
        Duty(3_600, services.forget),
        Duty(300, services.give_back_stuck),
        Duty(3_600, monthly.start_due),
        Duty(300, monthly.tell_ended),
        Duty(86_400, monthly.forget),
    ),
    menu=(Menu("datacheck:start", _("Check data"), 60, foot=True),),
)
