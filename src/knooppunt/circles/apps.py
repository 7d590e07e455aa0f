# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CirclesConfig(AppConfig):
    name = "knooppunt.circles"
    verbose_name = _("Circles")

    def ready(self) -> None:
        from knooppunt.api import face, portable
        from knooppunt.catalogue import loading, panels
        from knooppunt.circles import api, api_own, digest, keeping, queries, services
        from knooppunt.circles.cards import register
        from knooppunt.jobs import beats
        from knooppunt.people import services as people
        from knooppunt.web import navigation

        register()
        loading.register("circles", services.load_content)
        keeping.register()
        face.add_router("circles", api.router)
        face.add_router("circle-memberships", api_own.membership_router)
        face.add_router("introductions", api_own.introduction_router)
        portable.register("circles", "Circles", order=43, export=api.export, load=api.load)
        beats.every(86_400, keeping.forget)
        beats.every(86_400, services.let_go)
        beats.every(3_600, services.remind)
        beats.every(3_600, digest.send_due)
        panels.add("circles/_home.html", queries.home_panel, 60)
        people.show_on_organisation("circles/_organisation.html", queries.on_organisation_page, 20)
        navigation.add("circles:overview", _("Circles"), 62, foot=True)
