# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig

from knooppunt.flow.apps import HubApp


class ToyConfig(HubApp, AppConfig):
    name = "tests.toykind"
