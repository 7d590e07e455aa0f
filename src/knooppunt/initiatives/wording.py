# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words for the choices of an initiative."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from knooppunt.catalogue.kinds import Text

ORIGINS: dict[str, Promise | str] = {
    "sensors": _("sensors"),
    "administration": _("administration"),
    "survey": _("survey"),
    "third_party": _("third party"),
}
# The same codes and words as facilities use for what they offer: a facet value has one label.
SEEKS: dict[str, Promise | str] = {
    "experience": _("experience of others"),
    "data": _("data"),
    "people": _("people who help"),
    "compute": _("computing power"),
    "software": _("software"),
    "partner": _("a partner to do it with"),
}
OFFERS: dict[str, Promise | str] = {
    "experience": _("experience of others"),
    "data": _("data"),
    "people": _("people who help"),
    "partner": _("a partner to do it with"),
}


def pair(label: Promise | str) -> Text:
    """A label in both languages."""
    found = {}
    for language in ("nl", "en"):
        with override(language):
            found[language] = str(label)
    return Text(**found)
