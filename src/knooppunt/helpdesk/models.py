# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions to the help desk, what was said, and how often a suggestion helped.

Retention: a question with all that was said goes a year after its last change. Counts hold no persons.
"""

from __future__ import annotations

import secrets
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.helpdesk.clock import TERM
from knooppunt.helpdesk.states import State
from knooppunt.people.fields import OrganisationField
from knooppunt.toolkit.services import Theme

PERSON = settings.AUTH_USER_MODEL
LONGEST = 10_000


def new_code() -> str:
    return secrets.token_urlsafe(16)


def today() -> date:
    return timezone.localdate()


class Desk(models.Model):
    """People who answer what comes in on a theme, or on one matter for a while.

    Open from `starts` up to and with `ends`; without an end it stays. Its team answers while it is open.
    Retention: it goes a year after it closed; names go with their account.
    """

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=150)
    about = models.TextField(max_length=2000)
    language = models.CharField(max_length=2)
    theme = models.CharField(max_length=20, choices=Theme.choices, blank=True)
    starts = models.DateField(default=today)
    ends = models.DateField(null=True, blank=True)
    team = models.ManyToManyField(PERSON, related_name="desks", blank=True)

    class Meta:
        ordering = ["starts", "pk"]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("helpdesk:desk", args=[self.slug])

    @property
    def is_open(self) -> bool:
        return self.starts <= today() and (self.ends is None or today() <= self.ends)


class Question(models.Model):
    """One question. `code` opens its page to whoever asked, signed with the key of the hub (`keys`).

    `revision` goes up with each change: who writes on an older one is told, and loses nothing.
    `due` is set while the clock runs; while it stands still, `left` is the working time that was left.
    """

    class Verdict(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    code = models.CharField(max_length=32, unique=True, default=new_code)
    text = models.TextField(max_length=LONGEST)
    language = models.CharField(max_length=2)
    theme = models.CharField(max_length=20, choices=Theme.choices, blank=True)
    desk = models.ForeignKey(Desk, models.SET_NULL, null=True, blank=True, related_name="questions")
    email = models.EmailField(blank=True)
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    organisation = OrganisationField(
        max_length=100,
        blank=True,
        db_index=True,
        help_text="for which it was asked; its privacy officer sees it",
    )
    expert = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    writer = models.ForeignKey(
        PERSON, models.SET_NULL, null=True, related_name="+", help_text="who wrote the proposal"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN, db_index=True)
    revision = models.PositiveIntegerField(default=0)
    proposal = models.JSONField(default=dict, blank=True, help_text="question and answer, redacted")
    slug = models.SlugField(max_length=80, blank=True, help_text="of the published answer")
    renews = models.SlugField(
        max_length=80, blank=True, help_text="of the published answer that is to be looked at again"
    )
    due = models.DateTimeField(null=True, blank=True, db_index=True)
    left = models.DurationField(default=TERM)
    reminded = models.BooleanField(default=False, help_text="of this state; a move clears it")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")
    verdict = models.CharField(max_length=6, choices=Verdict.choices, blank=True)
    asked = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["asked", "pk"]

    def __str__(self) -> str:
        return f"question {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("helpdesk:question", args=[self.pk])


class Message(models.Model):
    """What was said on a question. A note is for experts only."""

    class Role(models.TextChoices):
        ASKER = "asker", _("The asker")
        EXPERT = "expert", _("Help desk")
        NOTE = "note", _("Internal note")

    question = models.ForeignKey(Question, models.CASCADE, related_name="messages")
    role = models.CharField(max_length=10, choices=Role.choices)
    author = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(max_length=LONGEST)
    points_to = models.CharField(
        max_length=240, blank=True, help_text="kind:key of an answer that was here already"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.role} on {self.question}"


class Attachment(models.Model):
    """A file with a question, or with one message of it. `kind` is what its content was found to be.

    Retention: it goes with its question, the file on disk with the row.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="attachments")
    message = models.ForeignKey(Message, models.CASCADE, null=True, blank=True, related_name="attachments")
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    file = models.CharField(max_length=32, unique=True, default=new_code, help_text="its name on disk")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"attachment {self.pk} of {self.question}"

    def get_absolute_url(self) -> str:
        return reverse("helpdesk:attachment", args=[self.question_id, self.pk])

    @property
    def path(self) -> Path:
        return Path(settings.DATA) / "helpdesk" / self.file


class KeptMail(models.Model):
    """That a message came in, so that it is not taken in twice. Retention: thirty days, no text."""

    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"mail of {self.at:%Y-%m-%d}"


class Helped(models.Model):
    """How often an answer helped: `count` times nobody had to answer, `accepted` times who asked said that an
    answer with it helped. Deleting the row undoes what was learnt of it.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    count = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_count_per_suggestion")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}: {self.total}"

    @property
    def total(self) -> int:
        return self.count + self.accepted
