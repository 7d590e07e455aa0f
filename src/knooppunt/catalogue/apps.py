# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "knooppunt.catalogue"

    def ready(self) -> None:
        from knooppunt.catalogue import alerts, audit, indexing, log, services, tallies
        from knooppunt.jobs import beats, forgetting
        from knooppunt.web import navigation

        navigation.add("catalogue:search", _("Search"), order=10)
        navigation.add("catalogue:map", _("Map"), order=80, foot=True)
        beats.everywhere(indexing.catch_up)
        beats.every(5, services.make_due_moves, most=services.MOST_MOVES)
        beats.every(2, alerts.collect, most=alerts.BATCH)
        beats.every(600, alerts.try_again)
        beats.every(60, tallies.fold, most=tallies.MOST)
        for forget in (alerts.forget_old, log.forget_old, audit.forget_old):
            beats.every(86_400, forget, most=forgetting.MOST)
