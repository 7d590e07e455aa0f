# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "knooppunt.jobs"

    def ready(self) -> None:
        from knooppunt.jobs import beats, leases, letters

        beats.every(10, leases.reap)
        beats.every(86_400, leases.forget_old)
        beats.every(86_400, letters.forget_old)
