# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "knooppunt.people"

    def ready(self) -> None:
        from knooppunt.jobs import beats
        from knooppunt.people import services

        beats.every(86_400, services.forget_sessions)
