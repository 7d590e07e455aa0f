# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChallengesConfig(AppConfig):
    name = "knooppunt.challenges"
    verbose_name = _("Challenges")

    def ready(self) -> None:
        from knooppunt.api import face, portable
        from knooppunt.catalogue import loading
        from knooppunt.challenges import api
        from knooppunt.challenges.cards import register
        from knooppunt.challenges.services import load_content
        from knooppunt.web import navigation

        register()
        loading.register("challenges", load_content)
        face.add_router("challenges", api.router)
        portable.register("challenges", "Societal challenges", order=30, export=api.export, load=api.load)
        navigation.add("challenges:overview", _("Challenges"), 25)
