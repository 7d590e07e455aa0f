# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words for the codes in a facility, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from knooppunt.catalogue.kinds import Text

Words = dict[str, Promise | str]
OFFERS: Words = {
    "people": gettext_lazy("people who help"),
    "compute": gettext_lazy("computing power"),
    "software": gettext_lazy("software"),
    "data": gettext_lazy("data"),
    "secure_room": gettext_lazy("a secure room"),
}
AUDIENCES: Words = {
    "central": gettext_lazy("central government"),
    "provinces": gettext_lazy("provinces"),
    "municipalities": gettext_lazy("municipalities"),
    "water_boards": gettext_lazy("water boards"),
    "research": gettext_lazy("research"),
    "companies": gettext_lazy("companies"),
}
MODES: Words = {
    "on_site": gettext_lazy("on site"),
    "remote": gettext_lazy("remote"),
    "both": gettext_lazy("on site and remote"),
    "not_reported": gettext_lazy("not reported"),
}
STATUSES: Words = {
    "pass": gettext_lazy("nothing found"),
    "review": gettext_lazy("a person has to look"),
    "fail": gettext_lazy("against the policy"),
    "not-applicable": gettext_lazy("does not apply"),
}
CHECKS: Words = {
    "form": gettext_lazy("Is it a summary?"),
    "threshold": gettext_lazy("Enough units in every cell"),
    "full-cells": gettext_lazy("No row with everyone in one cell"),
    "dominance": gettext_lazy("Nobody dominates a total"),
    "p-percent": gettext_lazy("The largest cannot be estimated"),
    "extremes": gettext_lazy("No figure of one unit"),
    "personal-data": gettext_lazy("No personal data"),
    "formulas": gettext_lazy("No formulas"),
    "differencing": gettext_lazy("Nothing follows by subtraction"),
}


def label(word: Promise | str) -> Text:
    """A word in both languages, for cards."""
    texts = {}
    for language in ("nl", "en"):
        with override(language):
            texts[language] = str(word)
    return Text(**texts)


def policy_lines(policy: dict[str, Any]) -> list[str]:
    """An output policy in sentences."""
    lines = [_("A cell is about at least %(n)s people or companies.") % {"n": policy["minimum_cell"]}]
    if policy.get("zeros_disclosive"):
        lines.append(_("An empty cell may not leave either."))
    if rule := policy.get("dominance"):
        lines.append(
            _("The %(n)s largest together have at most %(k).0f%% of a total.")
            % {"n": rule["n"], "k": 100 * rule["k"]}
        )
    if p := policy.get("p_percent"):
        lines.append(_("The largest in a total cannot be estimated to within %(p)g%%.") % {"p": p})
    if policy.get("differencing", True):
        lines.append(_("No small group follows from this output and earlier ones together."))
    lines.append(_("Two people decide, and neither made the output."))
    return lines
