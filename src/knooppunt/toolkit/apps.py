# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from knooppunt.flow.apps import HubApp


class ToolkitConfig(HubApp, AppConfig):
    name = "knooppunt.toolkit"
    verbose_name = _("Toolkit")
