# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DatacheckConfig(AppConfig):
    name = "knooppunt.datacheck"
    verbose_name = _("Data check")

    def ready(self) -> None:
        from knooppunt.datacheck import monthly, services
        from knooppunt.jobs import beats
        from knooppunt.web import navigation

        beats.every(3_600, services.forget)
        beats.every(300, services.give_back_stuck)
        beats.every(3_600, monthly.start_due)
        beats.every(300, monthly.tell_ended)
        beats.every(86_400, monthly.forget)
        navigation.add("datacheck:start", _("Check data"), 60, foot=True)
