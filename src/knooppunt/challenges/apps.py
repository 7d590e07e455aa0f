# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChallengesConfig(AppConfig):
    name = "knooppunt.challenges"
    verbose_name = _("Challenges")

    def ready(self) -> None:
        from knooppunt.catalogue import loading
        from knooppunt.challenges.cards import register
        from knooppunt.challenges.services import load_content
        from knooppunt.web import navigation

        register()
        loading.register("challenges", load_content)
        navigation.add("challenges:overview", _("Challenges"), 25)
