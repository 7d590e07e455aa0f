# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the templates of this app need beside the tags that every page has."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django import template
from django.utils.safestring import SafeString

from knooppunt.agenda import wording
from knooppunt.web.templatetags.knooppunt import localised

register = template.Library()
register.filter("self_status", wording.self_status)
register.filter("reviewed_status", wording.reviewed_status)
register.filter("amount", wording.amount)


@register.simple_tag
def localised_item(item: dict[str, Any], field: str) -> SafeString | str:
    """`localised` for what is kept as JSON: links, sources, readings."""
    return localised(SimpleNamespace(**item), field)
