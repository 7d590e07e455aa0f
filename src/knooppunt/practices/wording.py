# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a practice's document says, in words for a reader: labels, choices, texts in a language."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knooppunt.catalogue.wording import Words as Words
from knooppunt.catalogue.wording import label_pair as label_pair
from knooppunt.catalogue.wording import pair as pair
from knooppunt.catalogue.wording import words as words

LABELS: dict[str, Promise | str] = {
    "title": _("Title"),
    "summary": _("In one sentence"),
    "challenges": _("Challenges"),
    "organisations": _("Organisations"),
    "stage": _("How far is it?"),
    "place": _("Place"),
    "problem": _("The problem"),
    "approach": _("What they did"),
    "data": _("Data, and where they come from"),
    "legal_ground": _("Legal ground"),
    "capacity": _("People and time"),
    "cost": _("Cost"),
    "result": _("Result"),
    "evidence": _("How do we know?"),
    "failed": _("What failed"),
    "again": _("What they would do again"),
    "starter": _("Fit for starters"),
    "reuse": _("Who did it too"),
}
TEXTS = (
    *("problem", "approach", "legal_ground", "capacity", "cost"),
    *("result", "evidence", "failed", "again"),
)
STAGES: dict[str, Promise | str] = {
    "announced": _("announced"),
    "pilot": _("tried out"),
    "running": _("running"),
    "in_use": _("in use"),
    "ended": _("ended"),
    "not_reported": _("not reported"),
}
ORIGINS: dict[str, Promise | str] = {
    "sensors": _("sensors"),
    "administration": _("administration"),
    "survey": _("survey"),
    "third_party": _("third party"),
    "not_reported": _("not reported"),
}
FITS: dict[str, Promise | str] = {
    "yes": _("yes"),
    "partly": _("partly"),
    "no": _("no"),
}


def slugs(content: dict[str, Any]) -> list[str]:
    """Every organisation that the document names, leaders first."""
    named = content.get("organisations", {})
    found = [*named.get("lead", []), *named.get("partners", [])]
    for item in content.get("data", []):
        found += item.get("holders", [])
    return list(dict.fromkeys(found))


def full_text(content: dict[str, Any], language: str) -> str:
    """All that is said in a language, to search in."""
    parts = [content.get(field, {}).get(language, "") for field in TEXTS]
    for item in content.get("data", []):
        parts += [item["name"].get(language, ""), item.get("note", {}).get(language, "")]
    parts.append(content.get("starter", {}).get("why", {}).get(language, ""))
    for item in content.get("reuse", []):
        parts += [item["by"].get(language, ""), item["how"].get(language, "")]
    parts.append(content.get("organisations", {}).get("others", {}).get(language, ""))
    return "\n".join(filter(None, parts))
