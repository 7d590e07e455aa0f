# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelpdeskConfig(AppConfig):
    name = "knooppunt.helpdesk"
    verbose_name = _("Help desk")

    def ready(self) -> None:
        from knooppunt.api import face
        from knooppunt.api import portable as bulk
        from knooppunt.helpdesk import (
            api,
            attaching,
            desks,
            expiring,
            keeping,
            mailfetch,
            mailin,
            officer,
            permissions,
            portable,
            reminding,
        )
        from knooppunt.jobs import beats
        from knooppunt.web import navigation

        keeping.register()
        face.add_router("questions", api.question_router)
        face.add_router("suggestions", api.suggestion_router)
        bulk.register("desks", "Desks", order=60, export=portable.export_desks, load=portable.load_desks)
        bulk.register(
            "helped", "Answers that helped", order=61,
            export=portable.export_helped, load=portable.load_helped,
        )  # fmt: skip
        attaching.register()
        beats.every(86_400, keeping.forget)
        beats.every(86_400, desks.hand_over)
        beats.every(86_400, expiring.bring_back)
        beats.every(86_400, desks.forget)
        beats.every(86_400, attaching.sweep)
        beats.every(86_400, mailin.forget)
        beats.every(300, mailfetch.fetch)
        beats.every(3_600, reminding.remind)
        navigation.add("helpdesk:ask", _("Help desk"), 45)
        navigation.add_personal("helpdesk:officer", _("For the privacy officer"), officer.is_officer)
        navigation.add_personal("helpdesk:queue", _("Questions that wait"), permissions.works_here)
