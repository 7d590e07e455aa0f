# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ToolkitConfig(AppConfig):
    name = "knooppunt.toolkit"
    verbose_name = _("Toolkit")

    def ready(self) -> None:
        from knooppunt.api import face
        from knooppunt.api import portable as bulk
        from knooppunt.catalogue import loading
        from knooppunt.jobs import beats
        from knooppunt.toolkit import api, api_work, keeping, portable
        from knooppunt.toolkit.cards import register
        from knooppunt.toolkit.glossary import glossary
        from knooppunt.toolkit.services import load_content, load_instruments
        from knooppunt.web import explaining, navigation

        register()
        explaining.register(glossary)
        loading.register("toolkit", load_content)
        loading.register("instruments", load_instruments)
        beats.every(86_400, keeping.forget)
        keeping.register()
        face.add_router("faqs", api.faq_router)
        face.add_router("terms", api.term_router)
        face.add_router("instruments", api_work.instrument_router)
        face.add_router("steps", api_work.step_router)
        face.add_router("forms", api_work.form_router)
        bulk.register(
            "toolkit", "Answers and definitions", order=50, export=portable.export, load=portable.load
        )
        bulk.register(
            "instruments",
            "Instruments",
            order=51,
            export=portable.export_instruments,
            load=portable.load_instruments,
        )
        bulk.register("steps", "Step plan", order=52, export=portable.export_steps, load=portable.load_steps)
        navigation.add("toolkit:overview", _("Toolkit"), 40)
