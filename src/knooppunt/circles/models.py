# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Circles with their members and meetings, and introductions that a connector makes.

Retention: membership goes when it is ended, and with the account. Meetings stay with the circle; who came
to one goes ninety days after it, and with the account.
Introductions stay five years, for the figures. Names of accounts become empty when the account goes.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from knooppunt.catalogue.bilingual import Bilingual
from knooppunt.circles.introductionstates import State
from knooppunt.people.fields import OrganisationField

PERSON = settings.AUTH_USER_MODEL


def new_code() -> str:
    return secrets.token_urlsafe(16)


class Circle(Bilingual):
    """People of many organisations around a challenge. A private one has no card and no page for others."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    purpose = models.TextField(max_length=4000)
    challenge = models.SlugField(max_length=80)
    elsewhere = models.URLField(max_length=300, blank=True, help_text="where the group already talks")
    private = models.BooleanField(default=False)
    named = models.JSONField(default=list, blank=True, help_text="slugs of organisations its source names")
    source = models.JSONField(null=True, blank=True, help_text="where the hub's own content has it from")
    from_content = models.BooleanField(default=False, help_text="follows its content file")
    made_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("circles:circle", args=[self.slug])


class Member(models.Model):
    """A person takes part for an organisation. One of them may be its representative."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="members")
    user = models.ForeignKey(PERSON, models.CASCADE, related_name="circles")
    organisation = OrganisationField()
    leads = models.BooleanField(default=False, help_text="may plan meetings and invite")
    represents = models.BooleanField(default=False)
    since = models.DateTimeField(default=timezone.now)
    feed_code = models.CharField(max_length=32, blank=True, help_text="opens the feeds; empty: none was made")

    class Meta:
        ordering = ["organisation", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["circle", "user"], name="circle_member_once"),
            models.UniqueConstraint(
                fields=["circle", "organisation"],
                condition=models.Q(represents=True),
                name="one_representative",
            ),
        ]

    def __str__(self) -> str:
        return f"account {self.user_id} in {self.circle}"


class Meeting(models.Model):
    """A meeting of a circle, with agenda and notes."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="meetings")
    title = models.CharField(max_length=200)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    place = models.CharField(max_length=200)
    places = models.PositiveSmallIntegerField(null=True, blank=True, help_text="empty: for all who come")
    agenda = models.TextField(max_length=4000, blank=True)
    notes = models.TextField(max_length=10_000, blank=True)
    cancelled = models.BooleanField(default=False)
    reminded = models.BooleanField(default=False)
    changed = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["starts", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="meeting_ends_later")
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.starts:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("circles:meeting", args=[self.circle.slug, self.pk])


class Attendance(models.Model):
    """A member comes to a meeting. Who came first has a place; who finds none waits, in this order."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, models.CASCADE, related_name="attendances")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.member} comes to {self.meeting}"


class Digest(models.Model):
    """A person wants the weekly digest. Retention: until it is stopped, or the account goes."""

    user = models.OneToOneField(PERSON, models.CASCADE, related_name="+")
    told = models.DateTimeField(default=timezone.now, help_text="up to when everything was told")
    code = models.CharField(
        max_length=32, default=new_code, unique=True, help_text="stops it without signing in"
    )

    def __str__(self) -> str:
        return f"digest of account {self.user_id}"


class Introduction(models.Model):
    """A connector proposes that two organisations meet; `contact` is what came of it."""

    one = OrganisationField(db_index=True)
    other = OrganisationField(db_index=True)
    reason = models.TextField(max_length=2000)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED, db_index=True)
    proposed_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    contact = models.ForeignKey("initiatives.Contact", models.SET_NULL, null=True, related_name="+")
    made = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-changed", "-pk"]

    def __str__(self) -> str:
        return f"introduction {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("circles:introduction", args=[self.pk])
