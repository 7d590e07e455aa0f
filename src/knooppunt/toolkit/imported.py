# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Question sets of others, kept among the instruments: each file a version of its own."""

from __future__ import annotations

import re
from itertools import count
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.audit import audit
from knooppunt.catalogue.contentfile import ContentError, Document, Problem
from knooppunt.catalogue.kinds import Text
from knooppunt.catalogue.texts import showable
from knooppunt.questionsets import Outcome
from knooppunt.questionsets.converting import as_instrument, gathered
from knooppunt.toolkit.instrumentcheck import check_instrument
from knooppunt.toolkit.loading import write_instrument
from knooppunt.toolkit.models import Instrument
from knooppunt.web.forms import NotNowError

VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,2}")


@transaction.atomic
def keep_sets(outcome: Outcome) -> list[tuple[str, str, bool]]:
    """Offer every set with questions as an instrument: its address, its version, and whether that is new.

    ContentError when a set cannot be asked, or changed under the version that it names itself.
    """
    kept: list[tuple[str, str, bool]] = []
    for found in gathered(outcome.sets):
        document = _showable(as_instrument(found))
        slug = document["instrument"] = _address(document["instrument"], {row[0] for row in kept})
        document["version"] = _version(slug, document)
        try:
            check_instrument(Document(document, {(): (found.file, 1)}))
        except ContentError as error:
            raise ContentError(
                [Problem(found.file, p.line, p.message, p.advice) for p in error.problems]
            ) from error
        kept.append((slug, document["version"], write_instrument(document)))
        if all(one is not found for one in outcome.sets):
            outcome.unmapped += found.unmapped
    return kept


@transaction.atomic
def stop_offering(instrument: Instrument, *, actor: Any) -> None:
    """Take an imported instrument out of the list and the search; forms that were begun go on.

    Loading the set again offers it again. NotNowError for an instrument of our own.
    """
    if not instrument.made_by_others:
        raise NotNowError(_("This instrument belongs to the hub and stands in the step plan, so it stays."))
    if not instrument.offered:
        return
    instrument.offered = False
    instrument.save(update_fields=["offered"])
    audit("stop offering", "instrument", instrument.slug, actor=actor)
    catalogue.withdraw(
        instrument, actor=actor, reason=Text("Wordt niet meer aangeboden.", "No longer offered.")
    )


def _address(slug: str, given: set[str]) -> str:
    """The set's own address; the next when the hub's own instrument or another file of now stands there."""
    for number in count(1):
        address = slug if number == 1 else f"{slug}-{number}"
        standing = Instrument.objects.filter(slug=address).prefetch_related("versions").first()
        theirs = standing is None or standing.current is None or "source" in standing.current.content
        if theirs and address not in given:
            break
    return address


def _version(slug: str, document: dict[str, Any]) -> str:
    """The version that the file names; without one the next number when anything differs."""
    standing = Instrument.objects.filter(slug=slug).prefetch_related("versions").first()
    versions = list(standing.versions.all()) if standing else []
    same = next((v for v in versions if _without_version(v.content) == _without_version(document)), None)
    if same is not None:
        return same.version
    own = document["source"]["version"]
    if not VERSION.fullmatch(own):
        return str(len(versions) + 1)
    if any(version.version == own for version in versions):
        message = _("Version %(version)s stands here with other words.") % {"version": own}
        advice = _("Give the changed file a higher version.")
        raise ContentError([Problem(document["source"]["file"], 1, message, advice)])
    return own


def _without_version(content: dict[str, Any]) -> dict[str, Any]:
    """What is asked, wherever the file lay and whatever it is called."""
    return {k: v for k, v in content.items() if k not in ("version", "source")}


def _showable(value: Any) -> Any:
    """Without the signs that a database or a page cannot hold."""
    if isinstance(value, str):
        return showable(value)
    if isinstance(value, list):
        return [_showable(item) for item in value]
    return {key: _showable(item) for key, item in value.items()} if isinstance(value, dict) else value
