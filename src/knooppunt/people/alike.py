# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Organisations like yours, by public figures only: kind, size, urbanity and region."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _

from knooppunt.people.models import Organisation, OrganisationKind

SAME_REGION = 0.5
MOST_NEAR = 20


@dataclass(frozen=True)
class Alike:
    """Another organisation, how far it stands from the first (0 is the same), and why it is near."""

    organisation: Organisation
    distance: float
    why: str


def distance(one: Organisation, other: Organisation) -> float:
    """How unlike two organisations of one kind are, in doublings of size.

    |log2(size ratio)| + half a point per step of urbanity, less half a point in the same province. Where a
    figure is unknown it counts as one doubling: neither near nor far.
    """
    if one.inhabitants and other.inhabitants:
        far = abs(math.log2(one.inhabitants / other.inhabitants))
    else:
        far = 1.0
    far += 0.5 * abs(one.urbanity - other.urbanity) if one.urbanity and other.urbanity else 0.0
    same_region = one.parent_id is not None and one.parent_id == other.parent_id
    return max(0.0, far - (SAME_REGION if same_region else 0.0))


def alike(organisation: Organisation, limit: int = 5) -> list[Alike]:
    """The organisations of the same kind that are most like this one, nearest first."""
    others = (
        Organisation.objects.filter(kind=organisation.kind, successions=None)
        .exclude(pk=organisation.pk)
        .select_related("parent")
    )
    ranked = sorted(others, key=lambda other: (distance(organisation, other), other.slug))
    return [Alike(o, distance(organisation, o), why(organisation, o)) for o in ranked[:limit]]


def near(slug: str) -> dict[str, tuple[float, str]]:
    """The organisations most like this one for matching: slug, nearness (1 is the same, 0 is far) and why."""
    one = Organisation.objects.select_related("parent").filter(slug=slug).first()
    found = alike(one, MOST_NEAR) if one and one.inhabitants else []  # without figures it would be a guess
    return {a.organisation.slug: (1 / (1 + a.distance), a.why) for a in found}


def why(one: Organisation, other: Organisation) -> str:
    """One sentence with the public figures that make them alike."""
    reasons = [str(OrganisationKind(one.kind).label).lower()]
    if one.inhabitants and other.inhabitants:
        ratio = other.inhabitants / one.inhabitants
        if 0.8 <= ratio <= 1.25:
            reasons.append(_("about as many inhabitants"))
        else:
            reasons.append(_("more inhabitants") if ratio > 1 else _("fewer inhabitants"))
    if one.urbanity and one.urbanity == other.urbanity:
        reasons.append(_("as urban"))
    if one.parent_id is not None and one.parent_id == other.parent_id:
        reasons.append(_("the same province"))
    return ", ".join(reasons)
