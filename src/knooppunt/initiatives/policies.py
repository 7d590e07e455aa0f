# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""May anyone do this, now? Rules on states, moments and numbers, whoever asks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.initiatives import contactstates
from knooppunt.initiatives.models import Contact, Initiative, Message
from knooppunt.initiatives.states import PUBLIC
from knooppunt.web.forms import NotNowError

DAY = timedelta(days=1)
POSTS_A_DAY = 5
CONTACTS_A_DAY = 5
CONTACTS_A_DAY_PER_ORGANISATION = 15
CONTACTS_A_DAY_AT_ONE = 20
MESSAGES_A_DAY = 30


def check_can_post(organisation: str, title: str, actor: Any) -> None:
    """Not more than five a day, and nothing twice: a list of initiatives is no place to advertise."""
    recent = Initiative.objects.filter(author=actor, posted__gt=timezone.now() - DAY)
    if recent.count() >= POSTS_A_DAY:
        raise NotNowError(_("You posted five initiatives today. Come back tomorrow."))
    if Initiative.objects.filter(organisation=organisation, title__iexact=title, state__in=PUBLIC).exists():
        raise NotNowError(_("Your organisation has an initiative with this title. Change that one."))


def check_can_change(initiative: Initiative) -> None:
    if initiative.state not in PUBLIC:
        raise NotNowError(_("This initiative was withdrawn."))


def check_can_contact(asker: str, asked: str, about: tuple[str, str], actor: Any) -> None:
    """The relay is for a question to one organisation at a time, and cannot be used to mail everyone."""
    if asker == asked:
        raise NotNowError(_("This is your own organisation."))
    recent = Contact.objects.filter(made__gt=timezone.now() - DAY)
    if recent.filter(author=actor).count() >= CONTACTS_A_DAY:
        raise NotNowError(_("You asked five organisations today. Wait for their answers first."))
    if recent.filter(asker=asker).count() >= CONTACTS_A_DAY_PER_ORGANISATION:
        raise NotNowError(_("Your organisation asked fifteen others today. Wait for their answers first."))
    if recent.filter(asked=asked).count() >= CONTACTS_A_DAY_AT_ONE:
        raise NotNowError(_("This organisation got many questions today. Try again tomorrow."))
    kind, key = about
    same = Contact.objects.filter(
        asker=asker, asked=asked, about_kind=kind, about_key=key, state__in=contactstates.OPEN
    )
    if same.exists():
        raise NotNowError(_("Your organisation asked this already. Look under your contacts."))


def check_can_write(contact: Contact, actor: Any) -> None:
    if contact.state not in contactstates.IN_TOUCH:
        raise NotNowError(_("You can write to each other after the question was accepted."))
    if Message.objects.filter(author=actor, at__gt=timezone.now() - DAY).count() >= MESSAGES_A_DAY:
        raise NotNowError(_("You sent thirty messages today. Come back tomorrow."))
