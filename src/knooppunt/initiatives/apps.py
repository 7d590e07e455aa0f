# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "knooppunt.initiatives"
    verbose_name = _("Initiatives")

    def ready(self) -> None:
        from knooppunt.api import face, portable
        from knooppunt.catalogue import loading
        from knooppunt.initiatives import api, keeping, queries
        from knooppunt.initiatives.cards import register
        from knooppunt.initiatives.services import load_content
        from knooppunt.jobs import beats
        from knooppunt.people import services as people
        from knooppunt.web import navigation

        register()
        loading.register("initiatives", load_content)
        beats.every(86_400, keeping.forget)
        keeping.register()
        face.add_router("initiatives", api.router)
        portable.register("initiatives", "Initiatives", order=42, export=api.export, load=api.load)
        people.show_on_organisation("initiatives/_organisation.html", queries.on_organisation_page, 10)
        navigation.add("initiatives:overview", _("Initiatives"), 33)
