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


# What happens now in a contact, by its state.
NEXT_STEP: dict[str, Promise | str] = {
    "asked": _("Who takes messages at the other organisation was told by mail, and accepts or declines."),
    "accepted": _("Write to each other here. Write down what you agree, or tell what came of it."),
    "agreed": _("You know what you do together. Tell what came of it when it is done."),
    "done": _("It is done. What came of it counts in the figures of the hub, without your words."),
    "declined": _("The other organisation cannot help now. Your initiative shows who else does the same."),
    "withdrawn": _("The question was taken back."),
}


def pair(label: Promise | str) -> Text:
    """A label in both languages."""
    found = {}
    for language in ("nl", "en"):
        with override(language):
            found[language] = str(label)
    return Text(**found)
