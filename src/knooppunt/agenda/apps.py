# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgendaConfig(AppConfig):
    name = "knooppunt.agenda"
    verbose_name = _("Agenda")

    def ready(self) -> None:
        from knooppunt.agenda import pictures, services
        from knooppunt.agenda.cards import register
        from knooppunt.catalogue import loading, panels
        from knooppunt.web import navigation

        register()
        loading.register("agenda", services.load_content)
        loading.register("agenda-example", services.load_example, on_request=True)
        panels.add("agenda/_home.html", pictures.home_panel, 10, stylesheet="agenda/agenda.css")
        navigation.add("agenda:overview", _("Agenda"), 20)
