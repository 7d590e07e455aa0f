# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Answers to frequently asked questions, definitions and the texts of steps, and their versions.

All that a version says stands in one document (`content`), in the shape of `faq.schema.json` or
`terms.schema.json`: files, forms, versions, import and export have one form.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.flow.drafts import Draft, months_later
from knooppunt.toolkit.models_work import Colleague as Colleague
from knooppunt.toolkit.models_work import Form as Form
from knooppunt.toolkit.models_work import FormFile as FormFile
from knooppunt.toolkit.models_work import Instrument as Instrument
from knooppunt.toolkit.models_work import InstrumentVersion as InstrumentVersion
from knooppunt.toolkit.models_work import Plan as Plan
from knooppunt.toolkit.models_work import PlanCard as PlanCard
from knooppunt.toolkit.models_work import Step as Step
from knooppunt.toolkit.states import OPEN, STANDING, State

REVIEW_MONTHS = 12


class Theme(models.TextChoices):
    SHARING = "sharing", _("Sharing data")
    PRIVACY = "privacy", _("Privacy and roles")
    GROUNDS = "grounds", _("Legal grounds")
    ALGORITHMS = "algorithms", _("Algorithms")
    OPEN_DATA = "open-data", _("Open data")
    QUALITY = "quality", _("Data quality")
    WORKING = "working", _("Working data-driven")


class Entry(models.Model):
    """One answer, definition or step; its texts stand in versions. `origin` says where it came from.

    What a step says now stands on the step itself (`Step.content`), which plans and cards read.
    """

    class Kind(models.TextChoices):
        FAQ = "faq", _("Question and answer")
        TERM = "term", _("Definition")
        STEP = "step", _("Step")

    class Origin(models.TextChoices):
        CONTENT = "content", _("came with the hub")
        EDITORS = "editors", _("written by the editors")
        HELPDESK = "helpdesk", _("asked at the help desk")

    kind = models.CharField(max_length=4, choices=Kind.choices)
    slug = models.SlugField(max_length=80)
    theme = models.CharField(max_length=10, choices=Theme.choices)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.EDITORS)
    started = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="entry_once")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"

    def get_absolute_url(self) -> str:
        return reverse(f"toolkit:{self.kind}", args=[self.slug])

    @property
    def standing(self) -> Version | None:
        """The version that is public or was withdrawn; uses prefetched versions."""
        return next((v for v in self.versions.all() if v.state in STANDING), None)

    @property
    def public(self) -> Version | None:
        return next((v for v in self.versions.all() if v.state == State.PUBLISHED), None)

    @property
    def open(self) -> Version | None:
        return next((v for v in self.versions.all() if v.state in OPEN), None)

    @property
    def shown(self) -> Version | None:
        return self.standing or self.open or next(iter(self.versions.all()), None)


class _OfKind(models.Manager):
    def __init__(self, kind: str = "") -> None:
        super().__init__()
        self.kind = kind

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(kind=self.kind)


class Faq(Entry):
    """A question that is asked often, with its answer."""

    objects = _OfKind(Entry.Kind.FAQ)

    class Meta:
        proxy = True


class Term(Entry):
    """A definition: a concept in the sense of SKOS."""

    objects = _OfKind(Entry.Kind.TERM)

    class Meta:
        proxy = True


class Version(Draft):
    """One round of writing, from draft to publication.

    Retention: what was published stays as the history; a dropped draft goes after a year. Names of writers
    become empty when their account goes.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="versions")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)

    class Meta(Draft.Meta):
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="entry_version_once"),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(state__in=OPEN), name="entry_one_open_version"
            ),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(state__in=STANDING), name="entry_one_standing_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}/{self.number}"

    @property
    def expired(self) -> bool:
        """The day on which it was to be looked at again has come: the page says so."""
        return self.review_due is not None and self.review_due <= timezone.localdate()

    @property
    def title(self) -> dict[str, str]:
        names = ("question", "label", "title")
        return next((self.content[name] for name in names if name in self.content), {})

    def set_review(self) -> None:
        """An answer is looked at again so many months after it was; a definition when someone sees cause."""
        if "reviewed" in self.content:
            reviewed = date.fromisoformat(self.content["reviewed"])
            self.review_due = months_later(reviewed, self.content.get("review_months", REVIEW_MONTHS))


def as_kind(entry: Any) -> Faq | Term | Step:
    """The entry under its own name, as the catalogue knows it, and as it is in the database now."""
    if entry.kind == Entry.Kind.STEP:
        return Step.objects.get(slug=entry.slug)
    model = Faq if entry.kind == Entry.Kind.FAQ else Term
    return model.objects.get(pk=entry.pk)
