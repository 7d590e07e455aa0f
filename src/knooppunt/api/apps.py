# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "knooppunt.api"
    verbose_name = _("API")

    def ready(self) -> None:
        from knooppunt.api import cards, face, follows, tokens
        from knooppunt.jobs import beats
        from knooppunt.web import navigation

        face.add_router("", cards.router)
        face.add_router("follows", follows.router)
        beats.every(86_400, tokens.forget_old)
        navigation.add("api-pages:data", _("Data"), 60, foot=True)
