# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from knooppunt.flow.apps import HubApp


class HelpdeskConfig(HubApp, AppConfig):
    name = "knooppunt.helpdesk"
    verbose_name = _("Help desk")
