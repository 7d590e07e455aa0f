# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "knooppunt.practices"
    verbose_name = _("Best practices")

    def ready(self) -> None:
        from knooppunt.api import face, tables
        from knooppunt.api import portable as bulk
        from knooppunt.catalogue import loading
        from knooppunt.jobs import beats
        from knooppunt.practices import api, keeping, letters, moving, portable
        from knooppunt.practices.cards import register
        from knooppunt.practices.services import load_content
        from knooppunt.web import navigation

        register()
        loading.register("practices", load_content)
        beats.every(3600, moving.fall_due)
        beats.every(86_400, letters.remind)
        beats.every(86_400, keeping.forget)
        keeping.register()
        face.add_router("practices", api.router)
        bulk.register("practices", "Best practices", order=40, export=portable.export, load=portable.load)
        tables.register("praktijken", _("Best practices"), api.table)
        navigation.add("practices:overview", _("Practices"), 30)
