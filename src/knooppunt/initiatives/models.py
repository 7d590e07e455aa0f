# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What organisations are busy with, and the contacts that come of it.

Retention: an initiative stays with its lesson until it is withdrawn, and goes a year after that. A contact
and its messages go two years after the last change. Names of accounts become empty when the account goes.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.catalogue.bilingual import Bilingual
from knooppunt.flow import history
from knooppunt.initiatives import contactstates
from knooppunt.initiatives.states import State
from knooppunt.people.fields import OrganisationField

PERSON = settings.AUTH_USER_MODEL


class Initiative(Bilingual):
    """Something an organisation is busy with. `organisation` is the slug of who has it."""

    slug = models.SlugField(max_length=80, unique=True)
    organisation = OrganisationField(db_index=True)
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=200)
    problem = models.TextField(max_length=4000)
    challenge = models.SlugField(max_length=80)
    place = models.CharField(max_length=100, blank=True)
    origins = models.JSONField(default=list, blank=True)
    seeks = models.JSONField(default=list, blank=True)
    offers = models.JSONField(default=list, blank=True)
    capacity = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.IDEA, db_index=True)
    lesson = models.TextField(max_length=4000, blank=True)
    practice = models.SlugField(max_length=80, blank=True)
    source = models.JSONField(null=True, blank=True, help_text="where the hub's own content has it from")
    from_content = models.BooleanField(default=False, help_text="follows its content file")
    posted = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-changed", "-pk"]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("initiatives:initiative", args=[self.slug])


class Step(history.Step):
    """A move of an initiative. Kept as long as the initiative."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="steps")


class ContactPerson(models.Model):
    """A person takes messages for an organisation. No row: no contact. Taken back: the row goes, and with it
    every way to write to this person; nothing of it stands in cards, feeds or the index."""

    organisation = OrganisationField(db_index=True)
    user = models.ForeignKey(PERSON, models.CASCADE, related_name="contact_for")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="contact_person_once")]

    def __str__(self) -> str:
        return f"account {self.user_id} for {self.organisation}"


class Route(models.TextChoices):
    """What kind of help is asked, and so of whom."""

    PEER = "peer", _("a peer: an organisation that does the same")
    DATA_LAB = "data-lab", _("a data lab")
    STATISTICS = "statistics", _("a statistics office")
    UNIVERSITY = "university", _("a university centre")
    START_UP = "start-up", _("a call for start-ups")
    STUDENTS = "students", _("an assignment for students")


class Contact(models.Model):
    """One organisation asks another, about a card or an initiative. Addresses stay with the hub."""

    asker = OrganisationField(db_index=True)
    asked = OrganisationField(db_index=True)
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    initiative = models.ForeignKey(Initiative, models.SET_NULL, null=True, related_name="contacts")
    about_kind = models.SlugField(max_length=40, blank=True)
    about_key = models.CharField(max_length=200, blank=True)
    route = models.CharField(max_length=12, choices=Route.choices, default=Route.PEER)
    introduced = models.BooleanField(default=False, help_text="a connector brought the two together")
    state = models.CharField(
        max_length=10, choices=contactstates.State.choices, default=contactstates.State.ASKED, db_index=True
    )
    agreement = models.TextField(max_length=4000, blank=True)
    outcome = models.TextField(max_length=4000, blank=True)
    made = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-changed", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(asker=models.F("asked")), name="contact_with_another")
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("initiatives:contact", args=[self.pk])

    def other(self, organisation: str) -> str:
        return self.asked if organisation == self.asker else self.asker


class Message(models.Model):
    """What one side wrote to the other; the hub mails it on."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="messages")
    organisation = OrganisationField()
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(max_length=4000)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"message {self.pk}"
