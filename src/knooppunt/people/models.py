# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Organisations, and the least a hub needs to know of the people who work there."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from knooppunt.people.roles import HubRole, Role

INVITATION_DAYS = 14


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("Municipality")
    PROVINCE = "province", _("Province")
    WATER_BOARD = "water_board", _("Water board")
    MINISTRY = "ministry", _("Ministry")
    AGENCY = "agency", _("Agency")
    UNIVERSITY = "university", _("University")
    BODY = "body", _("Other body")


class Organisation(models.Model):
    """A public body or partner. Facts come from the hub's own table; `code` is the TOOI code of a
    municipality or province, `oin` the 20-digit organisation number, `urbanity` runs from 1 (very
    urban) to 5 (rural) as Statistics Netherlands counts it."""

    slug = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    name_nl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    code = models.SlugField(max_length=20, blank=True)
    oin = models.CharField(max_length=20, blank=True, validators=[RegexValidator(r"^\d{20}$")])
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="parts")
    place = models.CharField(max_length=100, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    inhabitants = models.PositiveIntegerField(null=True, blank=True)
    urbanity = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="organisation_code_once"),
            models.CheckConstraint(
                condition=Q(urbanity=None) | Q(urbanity__range=(1, 5)), name="urbanity_from_1_to_5"
            ),
        ]
        indexes = [models.Index(fields=["kind", "inhabitants"])]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("people:organisation", args=[self.slug])


class Succession(models.Model):
    """From `date` on, `successor` stands where `predecessor` stood; a split body has several."""

    predecessor = models.ForeignKey(Organisation, models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Organisation, models.CASCADE, related_name="predecessions")
    date = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=models.F("successor")), name="no_succession_of_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id} ({self.date})"


def public_id() -> str:
    """A name for a person's page that says nothing about the person and cannot be guessed."""
    return get_random_string(12, "abcdefghijkmnpqrstuvwxyz23456789")


class User(AbstractUser):
    """A local account. Retention: until it is erased, by its owner or after two years without use; its
    memberships, profile, consents, tokens, follows and alerts go with it."""

    first_name = None
    last_name = None
    role = models.CharField(
        _("role in the hub"), max_length=20, choices=HubRole.choices, default=HubRole.MEMBER
    )
    language = models.CharField(
        _("language"), max_length=2, choices=[("nl", "nl"), ("en", "en")], default="nl"
    )
    public_id = models.SlugField(max_length=12, unique=True, default=public_id, editable=False)
    warned = models.DateTimeField(null=True, blank=True, editable=False)

    def __str__(self) -> str:
        return f"account {self.pk}"

    def get_full_name(self) -> str:
        """An account has no names of its own; what a person tells stands in the profile."""
        return self.username


class Membership(models.Model):
    """One role of one person at one organisation. Goes with the account."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.MEMBER)
    since = models.DateTimeField(auto_now_add=True)
    granted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="membership_once")
        ]
        indexes = [models.Index(fields=["organisation", "role"])]

    def __str__(self) -> str:
        return f"account {self.user_id} is {self.role} of {self.organisation_id}"


class Invitation(models.Model):
    """An offer of a role to an address, good once and for 14 days. Only a hash of its token is kept.

    Retention: removed when it was used or 30 days after it expired.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.MEMBER)
    email = models.EmailField(_("e-mail address"))
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def expires(self):
        return self.created + timedelta(days=INVITATION_DAYS)

    @property
    def is_open(self) -> bool:
        return timezone.now() < self.expires


class Claim(models.Model):
    """Someone asks for a role at an organisation. Retention: removed a year after the decision."""

    class Decision(models.TextChoices):
        WAITING = "waiting", _("waiting")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")

    user = models.ForeignKey(User, models.CASCADE, related_name="claims")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="claims")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.MEMBER)
    motivation = models.TextField(_("why you ask"), max_length=1000)
    created = models.DateTimeField(auto_now_add=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.WAITING)
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(decision="waiting"),
                name="one_waiting_claim",
            )
        ]

    def __str__(self) -> str:
        return f"claim {self.pk}"


class Profile(models.Model):
    """What a person chooses to tell. Nothing of it is public without a consent for that field."""

    user = models.OneToOneField(User, models.CASCADE, related_name="profile")
    name = models.CharField(_("name"), max_length=100, blank=True)
    position = models.CharField(_("position"), max_length=150, blank=True)
    about = models.TextField(_("about your work"), max_length=2000, blank=True)
    language = models.CharField(max_length=2, choices=[("nl", "nl"), ("en", "en")], default="nl")

    def __str__(self) -> str:
        return f"profile of account {self.user_id}"


class Expertise(models.Model):
    """A subject a person offers help with, or looks for help with."""

    class Direction(models.TextChoices):
        OFFERED = "offered", _("offered")
        SOUGHT = "sought", _("sought")

    user = models.ForeignKey(User, models.CASCADE, related_name="expertise")
    direction = models.CharField(max_length=10, choices=Direction.choices)
    subject = models.CharField(_("subject"), max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "direction", "subject"], name="expertise_once")
        ]
        ordering = ["subject"]

    def __str__(self) -> str:
        return f"account {self.user_id}: {self.direction} {self.subject}"


class Consent(models.Model):
    """A person lets the hub show one field to everyone. No row: not shown. Taken back: the row goes."""

    class Field(models.TextChoices):
        NAME = "name", _("My name, and that I work here")
        POSITION = "position", _("My position")
        ABOUT = "about", _("What I tell about my work")
        EXPERTISE = "expertise", _("What I offer help with and look for")
        CONTACT = "contact", _("A form to send me a message; my address is not shown")

    user = models.ForeignKey(User, models.CASCADE, related_name="consents")
    field = models.CharField(max_length=20, choices=Field.choices)
    given = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "field"], name="consent_once")]

    def __str__(self) -> str:
        return f"account {self.user_id}: {self.field}"
