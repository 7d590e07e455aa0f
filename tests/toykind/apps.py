# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class ToyConfig(AppConfig):
    name = "tests.toykind"

    def ready(self) -> None:
        from knooppunt.catalogue.kinds import kinds
        from tests.toykind.cards import KIND

        kinds.register(KIND)
