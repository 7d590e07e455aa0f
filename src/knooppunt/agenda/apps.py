# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgendaConfig(AppConfig):
    name = "knooppunt.agenda"
    verbose_name = _("Agenda")

    def ready(self) -> None:
        from knooppunt.agenda import api, pictures, services
        from knooppunt.agenda.cards import register
        from knooppunt.api import face, portable, tables
        from knooppunt.catalogue import loading, panels
        from knooppunt.web import navigation

        register()
        loading.register("agenda", services.load_content)
        loading.register("agenda-example", services.load_example, on_request=True)
        panels.add("agenda/_home.html", pictures.home_panel, 10, stylesheet="agenda/agenda.css")
        face.add_router("actions", api.router)
        portable.register("agendas", "Agendas with their actions", order=20, export=api.export, load=api.load)
        tables.register("acties", _("Actions"), api.table)
        navigation.add("agenda:overview", _("Agenda"), 20)
