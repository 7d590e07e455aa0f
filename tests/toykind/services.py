# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs of designs: each asks the table, and writes the thing, its history, its mail and its card."""

from copy import deepcopy
from typing import Any

from django.db import transaction
from django.urls import reverse

from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.audit import audit
from knooppunt.catalogue.wording import words
from knooppunt.flow import drafts, letters
from knooppunt.flow.history import record
from knooppunt.people import services as people
from knooppunt.people.roles import EDITORS
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError
from tests.toykind.models import Design, Version
from tests.toykind.states import FLOW, Party, State


def parties(user: Any, version: Version) -> set[Party]:
    """What a person is to a version: nobody is the second reader of their own text."""
    if not people.has_role(user, version.design.organisation, *EDITORS):
        return set()
    return {Party.WRITER} if version.written_by(user) else {Party.WRITER, Party.READER}


@transaction.atomic
def start(organisation: str, slug: str, content: dict[str, Any], *, actor: Any) -> Version:
    require(organisation in people.writes_for(actor))
    design = Design.objects.create(slug=slug, organisation=organisation)
    audit("start", "design", slug, actor=actor)
    return drafts.add(design.versions, content, actor)


@transaction.atomic
def new_version(design: Design, *, actor: Any) -> Version:
    """Go on with what stands; what anyone reads stays until the next is published."""
    design = Design.objects.select_for_update().get(pk=design.pk)
    standing = design.public
    if standing is None or design.open is not None:
        raise NotNowError("There is a draft already.")
    require(FLOW.may_do("write", parties(actor, standing)))
    return drafts.add(design.versions, deepcopy(standing.content), actor)


@transaction.atomic
def save(version: Version, content: dict[str, Any], *, actor: Any) -> Version:
    version = _hold(version)
    require(FLOW.may_do("write", parties(actor, version)))
    if version.state != State.DRAFT:
        raise NotNowError("This design is no draft.")
    version.write(content, actor)
    return version


@transaction.atomic
def move(version: Version, verb: str, *, actor: Any, note: str = "") -> Version:
    version = _hold(version)
    target = FLOW.check(verb, version.state, parties(actor, version), note)
    if target == State.PUBLISHED:
        for old in version.design.versions.filter(state__in=(State.PUBLISHED, State.WITHDRAWN)):
            _make(old, "replace", State.REPLACED, None, "")
    _make(version, verb, target, actor, note)
    if target == State.PUBLISHED:
        catalogue.publish(version.design, actor=actor)
    elif target == State.WITHDRAWN:
        catalogue.withdraw(version.design, actor=actor)
    letters.tell(
        FLOW, verb, version.state, lambda party: _addressees(version, party),
        title=lambda: words(version.title).text,
        address=lambda: reverse("toy:work", args=[version.design.slug]), actor=actor, note=note,
    )  # fmt: skip
    return version


def _hold(version: Version) -> Version:
    Design.objects.select_for_update().get(pk=version.design_id)
    return Version.objects.select_related("design").get(pk=version.pk)


def _make(version: Version, verb: str, target: str, actor: Any, note: str) -> None:
    source, version.state = version.state, target
    version.save()
    record(FLOW, version, verb, source, actor=actor, note=note, key=version.design.slug)


def _addressees(version: Version, party: Any) -> set[Any]:
    writers = set(version.writers.all())
    if party == Party.WRITER:
        return writers
    return set(people.people_with(version.design.organisation, *EDITORS)) - writers
