# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class HubApp:
    """What the configuration of an app of the hub is besides an AppConfig: it declares what its `app.py`
    says."""

    name: str

    def ready(self) -> None:
        from knooppunt.flow.app import declare

        declare(import_module(f"{self.name}.app").APP)


class FlowConfig(AppConfig):
    name = "knooppunt.flow"

    def ready(self) -> None:
        """Every app of the hub declares itself; one that does not is a gap."""
        for config in apps.get_app_configs():
            if config.name in settings.KINDS and not isinstance(config, HubApp):
                raise ImproperlyConfigured(
                    f"{config.name} declares nothing: let its configuration be a HubApp and an AppConfig"
                )
