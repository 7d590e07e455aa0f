# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class FlowConfig(AppConfig):
    name = "knooppunt.flow"
