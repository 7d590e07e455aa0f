# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Facilities that are shared, requests to use them, and what leaves them.

Retention: a request, its enquiries and the decisions on outputs stay five years after the last change; the
files of an output go thirty days after the decision. Names of accounts become empty when the account goes.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.facilities import outputstates
from knooppunt.facilities.states import State
from knooppunt.flow import history
from knooppunt.people.fields import OrganisationField

PERSON = settings.AUTH_USER_MODEL


class Facility(models.Model):
    """Something that an organisation lets others use. `content` has the shape of `facility.schema.json`."""

    slug = models.SlugField(max_length=80, unique=True)
    organisation = OrganisationField(db_index=True)
    content = models.JSONField()
    open = models.BooleanField(default=True, help_text="takes requests")
    from_content = models.BooleanField(default=False)
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("facilities:facility", args=[self.slug])

    def text(self, field: str, language: str) -> str:
        """A text in the reader's language, else in the other; empty when it was not reported."""
        texts: dict[str, str] = self.content.get(field) or {}
        return texts.get(language) or next(iter(texts.values()), "")

    @property
    def policy(self) -> dict[str, Any] | None:
        return self.content.get("output_policy")


class Slot(models.Model):
    """A time in which a number of guests can work at a facility."""

    facility = models.ForeignKey(Facility, models.CASCADE, related_name="slots")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    places = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["starts", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["facility", "starts"], name="one_slot_per_start"),
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="slot_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facility} {self.starts:%Y-%m-%d %H:%M}"


class Request(models.Model):
    """What an organisation asks of facilities, by the Five Safes: project, people, setting, data, output."""

    organisation = OrganisationField(db_index=True)
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=2)
    challenge = models.SlugField(max_length=80, blank=True)
    project = models.TextField(max_length=4000)
    people = models.TextField(max_length=4000)
    setting = models.TextField(max_length=4000)
    data = models.TextField(max_length=4000)
    ground = models.TextField(max_length=4000)
    output = models.TextField(max_length=4000)
    sent = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-sent", "-pk"]

    def __str__(self) -> str:
        return f"request {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("facilities:request", args=[self.pk])


class Enquiry(models.Model):
    """One request at one facility, with the answer of that facility."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="enquiries")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="enquiries")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT, db_index=True)
    conditions = models.TextField(
        max_length=4000, blank=True, help_text="what the facility asks on acceptance"
    )
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["facility__slug"]
        constraints = [
            models.UniqueConstraint(fields=["request", "facility"], name="one_enquiry_per_facility")
        ]

    def __str__(self) -> str:
        return f"enquiry {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("facilities:enquiry", args=[self.pk])


class Step(history.Step):
    """A move of an enquiry. Kept as long as the enquiry."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="steps")


class Booking(models.Model):
    """A place in a slot. No place is given twice, whatever happens at once: the database refuses it."""

    slot = models.ForeignKey(Slot, models.CASCADE, related_name="bookings")
    place = models.PositiveSmallIntegerField()
    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="bookings")
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["slot__starts"]
        constraints = [
            models.UniqueConstraint(fields=["slot", "place"], name="one_booking_per_place"),
            models.UniqueConstraint(fields=["slot", "enquiry"], name="one_place_per_enquiry"),
        ]

    def __str__(self) -> str:
        return f"place {self.place} of {self.slot}"


class Use(models.Model):
    """What was used of a facility on a day, as the facility recorded it."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="uses")
    day = models.DateField()
    hours = models.DecimalField(max_digits=6, decimal_places=2)
    what = models.CharField(max_length=300)

    class Meta:
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return f"{self.day} {self.hours}"


class Review(models.Model):
    """How it went, as the asker tells everyone."""

    class Verdict(models.TextChoices):
        GOOD = "good", _("it helped us")
        PARTLY = "partly", _("it helped us partly")
        BAD = "bad", _("it did not help us")

    enquiry = models.OneToOneField(Enquiry, models.CASCADE, related_name="review")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    text = models.TextField(max_length=2000)
    language = models.CharField(max_length=2)
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"review of {self.enquiry}"


def folder_name() -> str:
    return secrets.token_hex(16)


class Output(models.Model):
    """A file that somebody wants to take out of a facility, and what the check found in it."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="outputs")
    name = models.CharField(max_length=200)
    context = models.TextField(max_length=2000)
    state = models.CharField(
        max_length=10, choices=outputstates.State.choices, default=outputstates.State.CHECKED
    )
    folder = models.CharField(max_length=32, unique=True, default=folder_name)
    policy = models.JSONField()
    report = models.JSONField()
    uploaded = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    decided = models.DateTimeField(null=True, blank=True)
    files_removed = models.BooleanField(default=False)

    class Meta:
        ordering = ["-uploaded", "-pk"]

    def __str__(self) -> str:
        return f"output {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("facilities:output", args=[self.pk])

    @property
    def path(self) -> Path:
        """The file as it was uploaded; its name on disk tells nothing."""
        return Path(settings.DATA) / "facilities" / self.folder / "uploaded"

    @property
    def copy(self) -> Path:
        """The copy that leaves."""
        return Path(settings.DATA) / "facilities" / self.folder / "released.xlsx"


class Decision(models.Model):
    """What one person decided on an output. Nobody decides twice."""

    output = models.ForeignKey(Output, models.CASCADE, related_name="decisions")
    person = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=20)
    note = models.TextField(max_length=2000)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["output", "person"], name="one_decision_per_person")]

    def __str__(self) -> str:
        return f"{self.verb} {self.output}"
