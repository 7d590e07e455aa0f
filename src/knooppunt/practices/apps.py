# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "knooppunt.practices"
    verbose_name = _("Best practices")

    def ready(self) -> None:
        from knooppunt.catalogue import loading
        from knooppunt.jobs import beats
        from knooppunt.practices import keeping, letters, moving
        from knooppunt.practices.cards import register
        from knooppunt.practices.services import load_content
        from knooppunt.web import navigation

        register()
        loading.register("practices", load_content)
        beats.every(3600, moving.fall_due)
        beats.every(86_400, letters.remind)
        beats.every(86_400, keeping.forget)
        keeping.register()
        navigation.add("practices:overview", _("Practices"), 30)
