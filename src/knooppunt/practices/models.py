# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Practices, their versions, and what people say of them.

All that a version says stands in one document (`content`), in the shape of `practice.schema.json`: files,
forms, versions, import and export have one form. What a practice is known by elsewhere (organisations,
challenges, its card) is derived from the version that is published, so nothing of it changes before.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knooppunt.flow import history
from knooppunt.flow.drafts import Draft
from knooppunt.people.fields import OrganisationField
from knooppunt.practices.states import OPEN, PUBLIC, STANDING, State


class Practice(models.Model):
    """One best practice. `organisation` is the slug of who keeps it; its texts stand in versions."""

    slug = models.SlugField(max_length=80, unique=True)
    organisation = OrganisationField(db_index=True)
    started = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("practices:practice", args=[self.slug])

    @property
    def standing(self) -> Version | None:
        """The version that is public or was withdrawn; uses prefetched versions."""
        return next((v for v in self.versions.all() if v.state in STANDING), None)

    @property
    def public(self) -> Version | None:
        return next((v for v in self.versions.all() if v.state in PUBLIC), None)

    @property
    def open(self) -> Version | None:
        return next((v for v in self.versions.all() if v.state in OPEN), None)

    @property
    def shown(self) -> Version | None:
        """What the practice is called after: the standing version, else the open one, else the last."""
        return self.standing or self.open or next(iter(self.versions.all()), None)


class Version(Draft):
    """One round of writing, from draft to publication. `saved` counts its saves, to see who else saved.

    Retention: what was published stays as the public history; a dropped draft goes after a year. Names of
    writers become empty when their account goes.
    """

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="versions")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    saved = models.PositiveIntegerField(default=1)
    publish_at = models.DateTimeField(null=True, blank=True)
    review_months = models.PositiveSmallIntegerField(default=12)
    reminded = models.DateField(null=True, blank=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    locked_at = models.DateTimeField(null=True, blank=True)

    class Meta(Draft.Meta):
        constraints = [
            models.UniqueConstraint(fields=["practice", "number"], name="practice_version_once"),
            models.UniqueConstraint(
                fields=["practice"], condition=Q(state__in=OPEN), name="one_open_version"
            ),
            models.UniqueConstraint(
                fields=["practice"], condition=Q(state__in=STANDING), name="one_standing_version"
            ),
        ]
        indexes = [models.Index(fields=["state", "-changed"])]

    def __str__(self) -> str:
        return f"{self.practice}/{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("practices:work", args=[self.practice.slug])

    @property
    def title_nl(self) -> str:
        return self.content.get("title", {}).get("nl", "")

    @property
    def title_en(self) -> str:
        return self.content.get("title", {}).get("en", "")

    def document(self) -> dict[str, Any]:
        """The whole document, as a content file has it."""
        return {"practice": self.practice.slug, "kept_by": self.practice.organisation, **self.content}


class PastSave(models.Model):
    """What an open version said before its next save: nothing that was saved is lost.

    Retention: removed with its version, or a year after the version was published or dropped.
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="past_saves")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    at = models.DateTimeField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="past_save_once")]

    def __str__(self) -> str:
        return f"{self.version_id} save {self.number}"


class Step(history.Step):
    """One move of a version. Kept as long as the version."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="steps")


class Comment(models.Model):
    """What a colleague or a hub editor says of a version that is worked on; never public.

    Retention: removed a year after the version was published or dropped.
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="comments")
    field = models.CharField(max_length=20, blank=True)
    text = models.TextField(_("comment"), max_length=4000)
    at = models.DateTimeField(auto_now_add=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    done = models.BooleanField(default=False)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class Reuse(models.Model):
    """Another organisation did the same: since when, and how it went, in its own public words."""

    class Outcome(models.TextChoices):
        EARLY = "early", _("too early to say")
        WORKED = "worked", _("it worked")
        PARTLY = "partly", _("it worked in part")
        FAILED = "failed", _("it did not work")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="reuses")
    organisation = OrganisationField()
    since = models.CharField(max_length=7, help_text="year, or year and month")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    how = models.TextField(max_length=4000)
    language = models.CharField(max_length=2, choices=[("nl", "nl"), ("en", "en")])
    at = models.DateTimeField(auto_now=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["practice", "organisation"], name="reuse_once")]

    def __str__(self) -> str:
        return f"{self.practice_id} by {self.organisation}"


class Contact(models.Model):
    """A person offers to answer questions on a practice. Goes when taken back, and with the account."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="contacts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="practice_contacts")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "user"], name="practice_contact_once")]

    def __str__(self) -> str:
        return f"{self.practice_id} contact {self.user_id}"
