# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Contact between organisations: asked through the hub, accepted by the other, and what came of it.

Mail goes from the hub to each contact person; no side sees an address of the other.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.catalogue.audit import audit
from knooppunt.flow.history import record
from knooppunt.initiatives import letters, permissions, policies
from knooppunt.initiatives.contactstates import FLOW, Party, State
from knooppunt.initiatives.models import Contact, ContactPerson, Initiative, Message, Route
from knooppunt.people import services as people
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError

_LABEL_ASKED = gettext_lazy("An organisation asks you something.")
_LABEL_INTRODUCED = gettext_lazy("You both said yes: you are in touch now.")
_LABEL_WROTE = gettext_lazy("The other organisation wrote to you.")


@transaction.atomic
def be_contact(organisation: str, *, actor: Any) -> None:
    """Take messages for one's organisation; anyone who works there may."""
    require(organisation in people.works_at(actor))
    _row, made = ContactPerson.objects.get_or_create(organisation=organisation, user=actor)
    if made:
        audit("become contact person", "organisation", organisation, actor=actor)


@transaction.atomic
def stop_contact(organisation: str, *, actor: Any) -> None:
    """Take no more messages: from this moment nobody can write to this person here."""
    if ContactPerson.objects.filter(organisation=organisation, user=actor).delete()[0]:
        audit("stop as contact person", "organisation", organisation, actor=actor)


def all_contactable() -> list[str]:
    """Every organisation that someone takes messages for, at this moment."""
    return sorted(contactable(list(ContactPerson.objects.values_list("organisation", flat=True).distinct())))


def contactable(organisations: list[str]) -> set[str]:
    """Which of these organisations someone takes messages for, at this moment; none that ended."""
    places = people.standing()
    organisations = [slug for slug in organisations if not places.ended(slug)]
    rows = ContactPerson.objects.filter(
        organisation__in=organisations,
        user__is_active=True,
        user__memberships__organisation__slug__in=organisations,
    ).values_list("organisation", "user__memberships__organisation__slug")
    return {organisation for organisation, member_of in rows if organisation == member_of}


def check_stands(organisation: str) -> None:
    """Nobody is asked anything under a name that ended: NotNowError says who stands in its place."""
    places = people.standing()
    if places.ended(organisation):
        names = ", ".join(people.shown_name(one) for one in people.current(organisation))
        raise NotNowError(
            _("This organisation ended. Ask what stands in its place: %(names)s.") % {"names": names}
        )


@transaction.atomic
def ask(
    asker: str,
    asked: str,
    text: str,
    *,
    actor: Any,
    about: tuple[str, str] = ("", ""),
    initiative: Initiative | None = None,
    route: str = Route.PEER,
) -> Contact:
    """Ask another organisation something, or for help; its contact persons get it by mail."""
    require(permissions.speaks_for(actor, asker))
    if initiative is not None:
        require(permissions.may(actor, "ask-for-help", initiative))
    check_stands(asked)
    policies.check_can_contact(asker, asked, about, actor)
    if not contactable([asked]):
        raise NotNowError(_("Nobody takes messages for this organisation yet."))
    contact = Contact.objects.create(
        asker=asker,
        asked=asked,
        author=actor,
        initiative=initiative,
        about_kind=about[0],
        about_key=about[1],
        route=Route(route),
    )
    Message.objects.create(contact=contact, organisation=asker, author=actor, text=text)
    audit("ask contact", "contact", str(contact.pk), actor=actor, detail={"asker": asker, "asked": asked})
    letters.tell(contact, asked, _LABEL_ASKED, actor=actor, note=text)
    return contact


@transaction.atomic
def introduce(one: str, other: str, text: str, *, actor: Any) -> Contact:
    """Two organisations that both said yes to a connector are in touch; the caller asks permission."""
    contact = Contact.objects.create(
        asker=one, asked=other, author=None, introduced=True, state=State.ACCEPTED
    )
    audit("introduce", "contact", str(contact.pk), actor=actor, detail={"one": one, "other": other})
    for side in (one, other):
        letters.tell(contact, side, _LABEL_INTRODUCED, actor=None, note=text)
    return contact


def _hold(contact: Contact) -> Contact:
    return Contact.objects.select_for_update().get(pk=contact.pk)


@transaction.atomic
def move_contact(contact: Contact, verb: str, *, actor: Any, note: str = "") -> Contact:
    """Make a move of the table; the other side is told."""
    contact = _hold(contact)
    parties = permissions.contact_parties(actor, contact)
    target = FLOW.check(verb, contact.state, parties, note)
    source, contact.state, contact.changed = contact.state, target, timezone.now()
    if verb == "agree":
        contact.agreement = note
    if verb == "finish":
        contact.outcome = note
    contact.save()
    record(FLOW, contact, verb, source, actor=actor)
    letters.tell(contact, contact.other(side_of(contact, parties)), FLOW.label(verb), actor=actor, note=note)
    return contact


def side_of(contact: Contact, parties: set[Any]) -> str:
    """The organisation that somebody speaks for in a contact; who speaks for both speaks for the asked."""
    return contact.asked if Party.ASKED in parties else contact.asker


@transaction.atomic
def write(contact: Contact, text: str, *, actor: Any) -> Message:
    """Write to the other side; the hub mails it on."""
    contact = _hold(contact)
    require(permissions.may_contact(actor, "write", contact))
    policies.check_can_write(contact, actor)
    own = side_of(contact, permissions.contact_parties(actor, contact))
    message = Message.objects.create(contact=contact, organisation=own, author=actor, text=text)
    contact.changed = timezone.now()
    contact.save(update_fields=["changed"])
    letters.tell(contact, contact.other(own), _LABEL_WROTE, actor=actor, note=text)
    return message
