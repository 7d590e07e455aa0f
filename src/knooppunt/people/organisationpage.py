# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other apps show on the page of an organisation, as they declare it."""

from __future__ import annotations

from typing import Any

from knooppunt.flow.app import declared
from knooppunt.people.models import Organisation


def parts(organisation: Organisation, reader: Any) -> list[tuple[str, dict[str, Any]]]:
    """Templates with what they show of an organisation to this reader, in their order."""
    panels = [panel for app in declared() for panel in app.on_organisation]
    in_order = sorted(panels, key=lambda panel: panel.order)
    shown = ((panel.template, panel.show(organisation, reader)) for panel in in_order)
    return [(template, content) for template, content in shown if content is not None]
