# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "knooppunt.jobs"

    def ready(self) -> None:
        from knooppunt.jobs import beats, forgetting, leases, letters

        beats.every(10, leases.reap)
        for forget in (leases.forget_old, letters.forget_old):
            beats.every(86_400, forget, most=forgetting.MOST)
