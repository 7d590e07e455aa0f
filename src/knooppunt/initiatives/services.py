# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs of initiatives and contacts: all that other apps and the pages may call to change something.

Each verb asks policy (may anyone, now: `NotNowError`) and permission (may this person: `PermissionDenied`),
and writes the thing, its card, the audit line and the mail in one transaction.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.kinds import Text, path
from knooppunt.catalogue.models import Card, identities
from knooppunt.flow.history import record
from knooppunt.initiatives import permissions, policies
from knooppunt.initiatives.contacting import (
    all_contactable,
    ask,
    be_contact,
    contactable,
    introduce,
    move_contact,
    stop_contact,
    write,
)
from knooppunt.initiatives.contactstates import State as ContactState
from knooppunt.initiatives.loading import load_content
from knooppunt.initiatives.models import Initiative
from knooppunt.initiatives.permissions import speaks_for
from knooppunt.initiatives.queries import (
    between,
    busy_with,
    contacts_of,
    kept_by_people,
    speaks_for_all,
    started,
    waiting_contacts,
    without_follow_up,
)
from knooppunt.initiatives.states import FLOW, TELLS_LESSON, State
from knooppunt.people import services as people
from knooppunt.practices import services as practices
from knooppunt.web.answers import require

__all__ = [
    "all_contactable",
    "ask",
    "be_contact",
    "between",
    "busy_with",
    "change",
    "contactable",
    "contacts_of",
    "introduce",
    "kept_by_people",
    "load_content",
    "make_practice",
    "move",
    "move_contact",
    "post",
    "speaks_for",
    "speaks_for_all",
    "started",
    "stop_contact",
    "waiting_contacts",
    "without_follow_up",
    "write",
]
RESERVED = frozenset({"nieuw", "contacten", "contact", "contactpersoon"})
LONGEST_SUMMARY = 280
FIELDS = ("title", "language", "problem", "challenge", "place", "origins", "seeks", "offers", "capacity")


@transaction.atomic
def post(organisation: str, values: dict[str, Any], *, actor: Any) -> Initiative:
    """Tell what one's organisation is starting: public at once, so that others can answer at once."""
    require(organisation in people.writes_for(actor))
    policies.check_can_post(organisation, values["title"], actor)
    initiative = Initiative(
        slug=free_slug(values["title"]),
        organisation=organisation,
        author=actor,
        **{name: values[name] for name in FIELDS},
    )
    catalogue.publish(initiative, actor=actor)
    return initiative


def free_slug(title: str) -> str:
    """An address from the title, with a number when it is taken."""
    base = slugify(title)[:70].strip("-") or "initiatief"
    taken = set(Initiative.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED
    tries = (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3)))
    return next(slug for slug in tries if slug not in taken)


def _hold(initiative: Initiative) -> Initiative:
    return Initiative.objects.select_for_update().get(pk=initiative.pk)


@transaction.atomic
def change(initiative: Initiative, values: dict[str, Any], *, actor: Any) -> Initiative:
    """Change what is told of an initiative; only its own organisation can."""
    initiative = _hold(initiative)
    require(permissions.may(actor, "change", initiative))
    policies.check_can_change(initiative)
    for name in FIELDS:
        setattr(initiative, name, values[name])
    initiative.changed, initiative.from_content, initiative.translation = timezone.now(), False, {}
    catalogue.publish(initiative, actor=actor)
    return initiative


@transaction.atomic
def move(initiative: Initiative, verb: str, *, actor: Any, note: str = "") -> Initiative:
    """Make a move of the table; what was learned stays with the initiative."""
    initiative = _hold(initiative)
    target = FLOW.check(verb, initiative.state, permissions.parties(actor, initiative), note)
    source, initiative.state, initiative.changed = initiative.state, target, timezone.now()
    initiative.from_content = False
    if verb in TELLS_LESSON:
        initiative.lesson = note
        initiative.translation.pop("lesson", None)
    if initiative.state == State.WITHDRAWN:
        catalogue.withdraw(initiative, actor=actor, reason=Text(**{initiative.language: note}))
    else:
        catalogue.publish(initiative, actor=actor, detail={"from": source, "to": target})
    record(FLOW, initiative, verb, source, actor=actor, note=note, key=initiative.slug)
    return initiative


@transaction.atomic
def make_practice(initiative: Initiative, *, actor: Any) -> str:
    """Start a practice from what is done, with everything that was told here; gives its slug."""
    initiative = _hold(initiative)
    require(permissions.may(actor, "change", initiative))
    FLOW.check("follow-up", initiative.state, permissions.parties(actor, initiative))
    keeper = people.goes_on_as(actor, initiative.organisation)
    version = practices.start(keeper, practice_content(initiative), actor=actor)
    initiative.practice = version.practice.slug
    initiative.save(update_fields=["practice"])
    move(initiative, "follow-up", actor=actor)
    return version.practice.slug


def practice_content(initiative: Initiative) -> dict[str, Any]:
    """The initiative in the shape of a practice: partners are those with whom contact came to something,
    links are the initiative itself and what its contacts were about."""
    language = initiative.language
    text = lambda words: {language: words}  # noqa: E731
    contacts = initiative.contacts.filter(state__in=(ContactState.AGREED, ContactState.DONE))
    partners = {contact.other(initiative.organisation) for contact in contacts}
    first = " ".join(initiative.problem.split())
    content: dict[str, Any] = {
        "title": text(initiative.title),
        "summary": text(first[:LONGEST_SUMMARY]),
        "organisations": {"lead": [initiative.organisation]},
        "challenges": [initiative.challenge],
        "stage": "ended",
        "problem": text(initiative.problem),
        "again": text(initiative.lesson),
        "links": [
            {"title": text(title), "url": f"{settings.PUBLIC_URL}/{language}{address}"}
            for title, address in _cited(initiative, contacts)
        ],
    }
    if partners:
        content["organisations"]["partners"] = sorted(partners)
    if initiative.capacity:
        content["capacity"] = text(initiative.capacity)
    if initiative.place:
        content["place"] = {"name": initiative.place}
    return content


def _cited(initiative: Initiative, contacts: Any) -> list[tuple[str, str]]:
    cited = [(initiative.title, path("initiatives:initiative", initiative.slug))]
    about = [(c.about_kind, c.about_key) for c in contacts if c.about_key]
    for card in Card.objects.filter(identities(about)):
        cited.append((card.in_language("title", initiative.language)[0], card.url))
    return cited
