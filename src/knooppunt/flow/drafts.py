# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Texts that people write in versions, and that somebody else reads before they are public.

An app's `Version` is a `Draft` with a state of its own and the thing it is a version of; the table of moves
says who is its second reader, and `written_by` who cannot be.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db import models
from django.db.models import Max
from django.utils import timezone


class Draft(models.Model):
    """One round of writing, from draft to publication, by one or more writers.

    Retention: what was published stays as the history; a dropped draft goes after a year. Names of writers
    become empty when their account goes.
    """

    number = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    changed = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="what changed, for the public history")
    published = models.DateTimeField(null=True, blank=True)
    review_due = models.DateField(null=True, blank=True, db_index=True)
    from_content = models.BooleanField(default=False)

    class Meta:
        abstract = True
        ordering = ["-number"]

    @property
    def title(self) -> dict[str, str]:
        """The title per language."""
        found: dict[str, str] = self.content.get("title", {})
        return found

    @property
    def languages(self) -> list[str]:
        return [language for language in ("nl", "en") if self.title.get(language)]

    @property
    def language(self) -> str:
        """'' when both languages are there, else the one that is."""
        languages = self.languages
        return "" if len(languages) == 2 else (languages or ["nl"])[0]

    def written_by(self, user: Any) -> bool:
        """Whether someone wrote in this version: nobody is the second reader of their own text."""
        return self.writers.filter(pk=user.pk).exists()

    def write(self, content: dict[str, Any], writer: Any) -> None:
        """Take a text over from a writer, who is from now on one of its writers. Saves the version."""
        self.content, self.changed, self.changed_by = content, timezone.now(), writer
        self.save()
        self.writers.add(writer)


def add(versions: Any, content: dict[str, Any], writer: Any) -> Any:
    """The next version of a thing; `versions` is its related manager. The caller holds the thing."""
    last = versions.aggregate(last=Max("number"))["last"] or 0
    version = versions.create(number=last + 1, content=content, changed=timezone.now(), changed_by=writer)
    version.writers.add(writer)
    return version


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    return day + relativedelta(months=months)
