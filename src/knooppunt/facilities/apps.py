# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FacilitiesConfig(AppConfig):
    name = "knooppunt.facilities"
    verbose_name = _("Facilities")

    def ready(self) -> None:
        from knooppunt.api import face, portable
        from knooppunt.catalogue import loading
        from knooppunt.facilities import api, keeping
        from knooppunt.facilities.cards import register
        from knooppunt.facilities.services import load_content
        from knooppunt.jobs import beats
        from knooppunt.web import navigation

        register()
        loading.register("facilities", load_content)
        beats.every(86_400, keeping.forget)
        keeping.register()
        face.add_router("facilities", api.router)
        portable.register("facilities", "Facilities", order=45, export=api.export, load=api.load)
        navigation.add("facilities:overview", _("Facilities"), 36)
