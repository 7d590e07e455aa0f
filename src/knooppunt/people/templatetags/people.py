# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every page that names an organisation needs."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from knooppunt.people.mergers import successors
from knooppunt.web.templatetags.knooppunt import localised

register = template.Library()


@register.simple_tag(name="organisation")
def organisation(one: Any) -> SafeString | str:
    """The name of an organisation, with that of what stands in its place by now."""
    name = localised(one, "name")
    after = successors(one.slug)
    return format_html("{} {}", name, after) if after else name
