# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the templates of this app need beside the tags that every page has."""

from __future__ import annotations

from typing import Any

from django import template

from knooppunt.people import services as people
from knooppunt.practices import naming, wording
from knooppunt.practices.models import Practice, Version
from knooppunt.practices.states import FLOW, State

register = template.Library()
register.filter("account_name", people.account_name)
PATH = (State.DRAFT, State.SUBMITTED, State.ACCEPTED, State.PUBLISHED)


@register.filter
def practice_title(practice: Practice) -> str:
    version = practice.shown
    return wording.words(version.content.get("title")).text if version else practice.slug


@register.filter
def organisation_name(slug: str) -> str:
    return naming.names([slug])[0]


@register.filter
def verb_label(verb: str) -> Any:
    return FLOW.label(verb)


@register.filter
def field_label(field: str) -> Any:
    return wording.LABELS.get(field, field)


@register.filter
def progress(version: Version) -> list[tuple[str, Any, bool]]:
    """The way to publication, with where the version is."""
    here = State.ACCEPTED if version.state == State.SCHEDULED else version.state
    return [(state, state.label, state == here) for state in PATH]
