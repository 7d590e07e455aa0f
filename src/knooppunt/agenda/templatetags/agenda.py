# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the templates of this app need beside the tags that every page has."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from knooppunt.agenda import wording
from knooppunt.web.templatetags.knooppunt import localised

register = template.Library()
register.filter("self_status", wording.self_status)
register.filter("reviewed_status", wording.reviewed_status)
register.filter("years", wording.years)


@register.simple_tag
def localised_item(item: dict[str, Any], field: str) -> SafeString | str:
    """`localised` for what is kept as JSON: links, sources, readings."""
    return localised(SimpleNamespace(**item), field)


@register.filter
def amount(value: Decimal | None) -> str:
    """A number in the reader's notation; what was not reported says so, because it is not zero."""
    if value is None:
        return _("not reported")
    return number_format(value.normalize(), use_l10n=True, force_grouping=True)
