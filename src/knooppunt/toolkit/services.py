# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs of the toolkit: all that other apps and the pages may call to change something.

Each verb holds the entry to the end of its transaction, asks state (may anyone, now: `NotNowError`) and
permission (may this person: `PermissionDenied`), and writes card and audit with the change.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.audit import audit
from knooppunt.catalogue.contentfile import Document
from knooppunt.catalogue.wording import pair
from knooppunt.flow import drafts
from knooppunt.toolkit import letters, permissions, queries
from knooppunt.toolkit.contentcheck import check_one, laws
from knooppunt.toolkit.imported import keep_sets
from knooppunt.toolkit.instrumentcheck import check_steps
from knooppunt.toolkit.loading import load_content, load_instruments
from knooppunt.toolkit.models import Entry, Instrument, Step, Theme, Version, as_kind
from knooppunt.toolkit.officer import forms_for_officer, register_lines
from knooppunt.toolkit.states import FLOW, OPEN, STANDING, State
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError

__all__ = [
    "NotNowError",
    "Theme",
    "expired",
    "find_entry",
    "forms_for_officer",
    "keep_sets",
    "laws",
    "load_content",
    "load_instruments",
    "move",
    "new_version",
    "publish_answer",
    "register_lines",
    "renew",
    "save",
    "start",
    "withdraw_answer",
]


def find_entry(kind: str, slug: str) -> Entry | None:
    """A published answer or definition, by its address."""
    return queries.find(kind, slug)


def expired() -> list[Version]:
    """Answers that stand, and whose review day has come: they come back to the queue."""
    return list(queries.expired())


@transaction.atomic
def start(kind: str, theme: str, content: dict[str, Any], *, actor: Any) -> Version:
    """A new answer or definition, as a draft that only hub editors see."""
    require(permissions.is_editor(actor))
    return _write(_entry(kind, theme, content, Entry.Origin.EDITORS), content, actor)


@transaction.atomic
def publish_answer(
    theme: str, content: dict[str, Any], *, writer: Any, actor: Any, renews: str = ""
) -> Version:
    """Publish an answer from the help desk as a frequently asked question.

    `content` has the shape of an entry in `faq.schema.json`, in one language or both. `actor` is the
    second reader: a hub editor, and someone else than the writer. `renews` is the slug of an answer that it
    takes the place of.
    """
    require(permissions.is_editor(actor) and writer is not None and writer.pk != actor.pk)
    entry = queries.find("faq", renews) if renews else None
    if entry is not None and entry.open is not None:
        raise NotNowError(_("Someone writes a new version of this answer. Finish that one first."))
    version = _write(entry or _entry("faq", theme, content, Entry.Origin.HELPDESK), content, writer)
    _make(version, "submit", State.SUBMITTED, actor=writer)
    return _make(version, "publish", State.PUBLISHED, actor=actor)


@transaction.atomic
def withdraw_answer(slug: str, reason: str, *, actor: Any) -> Version:
    """Take a published answer back, with the reason that readers see."""
    entry = queries.find("faq", slug)
    if entry is None or entry.public is None:
        raise NotNowError(_("This answer is not published."))
    return move(entry.public, "withdraw", actor=actor, note=reason)


@transaction.atomic
def renew(version: Version, *, actor: Any) -> Version:
    """Confirm that an answer is still right: its review date moves on."""
    version = _hold(version)
    require(permissions.is_editor(actor))
    if version.state != State.PUBLISHED:
        raise NotNowError(_("This answer is not published."))
    version.content = version.content | {"reviewed": timezone.localdate().isoformat()}
    version.set_review()
    version.save()
    audit("renew", version.entry.kind, version.entry.slug, actor=actor)
    return version


@transaction.atomic
def new_version(entry: Entry, *, actor: Any) -> Version:
    """Start writing on what stands; a draft that is there already is given. The public text stays."""
    require(permissions.is_editor(actor))
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    if (open_ := entry.versions.filter(state__in=OPEN).first()) is not None:
        return open_
    if (standing := entry.standing) is None:
        raise NotNowError
    return _write(entry, deepcopy(standing.content), actor)


@transaction.atomic
def save(version: Version, content: dict[str, Any], *, actor: Any, note: str = "", seen: str = "") -> Version:
    """Keep what was written in a draft. `seen`: when the text was saved that the writer began with."""
    version = _hold(version)
    require(permissions.is_editor(actor))
    if version.state != State.DRAFT:
        raise NotNowError(_("This text is not a draft: take it back, or start a new version."))
    if seen and seen != version.changed.isoformat():
        raise NotNowError(_("Someone saved this text meanwhile. Save again to let yours take its place."))
    _check(version.entry, content)
    version.note = note
    version.write(content, actor)
    audit("save", version.entry.kind, version.entry.slug, actor=actor, detail={"version": version.number})
    return version


@transaction.atomic
def move(version: Version, verb: str, *, actor: Any, note: str = "") -> Version:
    """Make a move of the table for a person."""
    version = _hold(version)
    target = FLOW.check(verb, version.state, permissions.parties(actor, version), note)
    require(permissions.may_move(actor, version, verb))
    version = _make(version, verb, target, actor=actor, note=note)
    letters.tell_of_version(version, verb, actor=actor, note=note)
    return version


def _hold(version: Version) -> Version:
    """The version as it is now; its entry is locked to the end of the transaction, so verbs queue."""
    Entry.objects.select_for_update().get(pk=version.entry_id)
    return Version.objects.select_related("entry").get(pk=version.pk)


def _entry(kind: str, theme: str, content: dict[str, Any], origin: Entry.Origin) -> Entry:
    title = pair(content.get("question") or content.get("label"))
    slug = queries.free_slug(kind, slugify(title.nl or title.en)[:70].strip("-") or kind)
    return Entry.objects.create(kind=kind, slug=slug, theme=theme, origin=origin)


def _write(entry: Entry, content: dict[str, Any], writer: Any) -> Version:
    _check(entry, content)
    version: Version = drafts.add(entry.versions, content, writer)
    audit("start version", entry.kind, entry.slug, actor=writer, detail={"version": version.number})
    return version


def _check(entry: Entry, content: dict[str, Any]) -> None:
    """Raise ContentError unless this is what an entry of its kind may say."""
    if entry.kind != Entry.Kind.STEP:
        check_one(entry.kind, entry.theme, entry.slug, content)
        return
    known = set(Instrument.objects.values_list("slug", flat=True))
    check_steps(Document({"steps": [{"id": entry.slug, **content}]}), known)


def _make(version: Version, verb: str, target: State, *, actor: Any, note: str = "") -> Version:
    source, version.state = version.state, target
    if target == State.PUBLISHED:
        others = version.entry.versions.filter(state__in=STANDING).exclude(pk=version.pk)
        others.update(state=State.REPLACED)
        version.published = version.published or timezone.now()
        version.set_review()
    version.save()
    detail = {"version": version.number, "from": source, "to": target, "note": note}
    audit(verb, version.entry.kind, version.entry.slug, actor=actor, detail=detail)
    if target == State.PUBLISHED:
        thing = as_kind(version.entry)
        if isinstance(thing, Step):
            thing.content = {"id": thing.slug, **version.content}
        catalogue.publish(thing, actor=actor, detail=detail)
    elif target == State.WITHDRAWN:
        reason = pair({version.language or "nl": note})
        catalogue.withdraw(as_kind(version.entry), actor=actor, reason=reason)
    return version
