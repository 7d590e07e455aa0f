# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs of practices: all that other apps and the pages may call to change something.

Each verb holds the practice to the end of its transaction, asks policy (may anyone, now: `NotNowError`) and
permission (may this person: `PermissionDenied`), and writes steps, mail and cards with the change.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from knooppunt.catalogue.audit import audit
from knooppunt.catalogue.contentfile import Document
from knooppunt.flow import drafts
from knooppunt.people import services as people
from knooppunt.practices import moves, permissions, policies
from knooppunt.practices.contentcheck import check, named_gaps
from knooppunt.practices.loading import load_content
from knooppunt.practices.models import Comment, Contact, PastSave, Practice, Reuse, Version
from knooppunt.practices.moves import make_scheduled, move
from knooppunt.practices.states import FLOW, OPEN
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError

# Words that stand for pages beside the practices.
RESERVED = frozenset({"nieuw", "werk"})

__all__ = [
    "NotNowError",
    "begin",
    "comment",
    "leave",
    "load_content",
    "make_scheduled",
    "move",
    "new_version",
    "offer_contact",
    "report_reuse",
    "resolve",
    "save",
    "start",
    "stop_contact",
]


@transaction.atomic
def start(organisation: str, content: dict[str, Any], *, actor: Any) -> Version:
    """A new practice of an organisation, as a draft that only it sees."""
    require(permissions.may_start(actor, organisation))
    require(organisation in people.works_at(actor))
    title = content["title"].get("nl") or content["title"]["en"]
    practice = Practice.objects.create(slug=free_slug(title), organisation=organisation)
    version = _version(practice, content, actor)
    audit("start practice", "practice", practice.slug, actor=actor)
    return version


def free_slug(title: str) -> str:
    """An address from the title, with a number when it is taken."""
    base = slugify(title)[:70].strip("-") or "praktijk"
    taken = set(Practice.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= RESERVED
    return next(
        slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken
    )


def _checked(practice: Practice, content: dict[str, Any]) -> dict[str, Any]:
    """The content with its gaps named, when it is a practice; ContentError says what it lacks."""
    content = content | {"not_reported": named_gaps(content)}
    check(Document({"practice": practice.slug, "kept_by": practice.organisation, **content}))
    return content


def _version(practice: Practice, content: dict[str, Any], actor: Any) -> Version:
    version: Version = drafts.add(practice.versions, _checked(practice, content), actor)
    return version


@transaction.atomic
def new_version(practice: Practice, *, actor: Any) -> Version:
    """Start writing on what stands; a draft that is there already is given. The public text stays."""
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    require(permissions.may_start(actor, practice.organisation))
    if (open_ := practice.versions.filter(state__in=OPEN).first()) is not None:
        return open_
    if (standing := practice.standing) is None:
        raise NotNowError
    version = _version(practice, deepcopy(standing.content), actor)
    version.review_months = standing.review_months
    version.save(update_fields=["review_months"])
    audit("start version", "practice", practice.slug, actor=actor, detail={"version": version.number})
    return version


@transaction.atomic
def begin(version: Version, *, actor: Any) -> Version:
    """Have the text to oneself for a while; LockedError says who has it."""
    version = moves.hold(version)
    require(permissions.may(actor, "write", version))
    policies.check_can_write(version)
    if policies.locked_for(version, actor):
        raise policies.LockedError(version)
    version.locked_by, version.locked_at = actor, timezone.now()
    version.save(update_fields=["locked_by", "locked_at"])
    return version


@transaction.atomic
def leave(version: Version, *, actor: Any) -> None:
    """Give the text free for others; does nothing to another's lock."""
    Version.objects.filter(pk=version.pk, locked_by=actor).update(locked_by=None, locked_at=None)


@transaction.atomic
def save(
    version: Version,
    content: dict[str, Any],
    *,
    actor: Any,
    seen: int,
    note: str = "",
    review_months: int = 12,
) -> Version:
    """Save a draft. `seen` is the save that the form was opened on: when another came between,
    SavedMeanwhileError is raised and nothing changes. What stood there is kept as a past save.
    """
    version = moves.hold(version)
    require(permissions.may(actor, "write", version))
    policies.check_can_write(version)
    if policies.locked_for(version, actor):
        raise policies.LockedError(version)
    policies.check_saved(version, seen)
    PastSave.objects.create(
        version=version,
        number=version.saved,
        content=version.content,
        at=version.changed,
        author=version.changed_by,
    )
    version.saved += 1
    version.note, version.review_months = note, review_months
    version.locked_by, version.locked_at = actor, timezone.now()
    version.write(_checked(version.practice, content), actor)
    detail = {"version": version.number, "save": version.saved}
    audit("save practice", "practice", version.practice.slug, actor=actor, detail=detail)
    return version


@transaction.atomic
def comment(version: Version, text: str, *, actor: Any, field: str = "") -> Comment:
    """Say something of an open version, to everyone who works on it."""
    require(permissions.may(actor, "comment", version))
    if version.state not in OPEN:
        raise NotNowError
    return Comment.objects.create(version=version, text=text, field=field, author=actor)


@transaction.atomic
def resolve(comment: Comment, *, actor: Any) -> None:
    require(permissions.may(actor, "comment", comment.version))
    Comment.objects.filter(pk=comment.pk).update(done=True)


@transaction.atomic
def report_reuse(practice: Practice, organisation: str, values: dict[str, str], *, actor: Any) -> Reuse:
    """Say that another organisation did the same, and how it went; a second report replaces the first."""
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    require(organisation in permissions.reuse_for(actor, practice))
    if practice.public is None:
        raise NotNowError
    reuse, _made = Reuse.objects.update_or_create(
        practice=practice, organisation=organisation, defaults={**values, "author": actor}
    )
    detail = {"deed": "report reuse", "organisation": organisation, "outcome": reuse.outcome}
    moves.publish_card(practice, actor=actor, detail=detail)
    return reuse


@transaction.atomic
def offer_contact(practice: Practice, *, actor: Any) -> None:
    """Offer to answer questions. Only a person whose profile may be shown is shown."""
    require(FLOW.may_do("offer-contact", permissions.parties_to(actor, practice.organisation)))
    Contact.objects.get_or_create(practice=practice, user=actor)


@transaction.atomic
def stop_contact(practice: Practice, *, actor: Any) -> None:
    Contact.objects.filter(practice=practice, user=actor).delete()
