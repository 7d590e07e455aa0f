# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Agendas of organisations, national and their own, in one form: edition, chapters, actions, money.

Texts stand in a column per language. What the hub's editors write is in both; what an organisation
writes may be in one, and the templates mark it with its language.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knooppunt.agenda.states import EditionState, Status
from knooppunt.people.fields import OrganisationField


class Owner(models.Model):
    """An organisation, or a group of them, that actions name. The slug is the organisation's own."""

    slug = OrganisationField(max_length=80, unique=True)
    name_nl = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    group = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.slug


class Theme(models.Model):
    """A subject to find actions by; `challenge` marks the societal challenges of the agenda."""

    slug = models.SlugField(max_length=80, unique=True)
    name_nl = models.CharField(max_length=200, blank=True)
    name_en = models.CharField(max_length=200, blank=True)
    challenge = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.slug


class Agenda(models.Model):
    """What one organisation keeps over the years; its content stands in editions."""

    key = models.SlugField(max_length=80, unique=True)
    organisation = models.ForeignKey(Owner, models.PROTECT, related_name="agendas")
    national = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.key


class Edition(models.Model):
    """One edition of an agenda. `fingerprint` is the hash of the content file it was last loaded from."""

    agenda = models.ForeignKey(Agenda, models.CASCADE, related_name="editions")
    key = models.SlugField(max_length=80, unique=True)
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=EditionState.choices, default=EditionState.DRAFT)
    published = models.DateField()
    title_nl = models.CharField(max_length=300, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    description_nl = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    note_nl = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    budget_unit = models.CharField(max_length=4, choices=[("EUR", "EUR"), ("kEUR", "kEUR")], default="kEUR")
    budget_note_nl = models.TextField(blank=True)
    budget_note_en = models.TextField(blank=True)
    sources = models.JSONField(default=list, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-published", "-number"]
        constraints = [models.UniqueConstraint(fields=["agenda", "number"], name="edition_number_once")]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("agenda:edition", args=[self.key])

    @property
    def is_public(self) -> bool:
        return self.state in EditionState.public()

    @property
    def language(self) -> str:
        """'' when both languages are there, else the one that is."""
        if self.title_nl and self.title_en:
            return ""
        return "nl" if self.title_nl else "en"


class Chapter(models.Model):
    """A theme of an edition, in the order of the text."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="chapters")
    key = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    title_nl = models.CharField(max_length=300, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    description_nl = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    pages = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="chapter_once")]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.key}"


class Action(models.Model):
    """One thing that an agenda promises. An empty `end` is an open end, not an unknown one."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="actions")
    chapter = models.ForeignKey(Chapter, models.SET_NULL, null=True, blank=True, related_name="actions")
    number = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    title_nl = models.CharField(max_length=300, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    description_nl = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField(null=True, blank=True)
    tentative = models.BooleanField(default=False)
    place = models.CharField(max_length=100, blank=True, help_text="where it happens, when that is one place")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    section = models.CharField(max_length=200, blank=True, help_text="heading in the source text")
    links = models.JSONField(default=list, blank=True)
    owners = models.ManyToManyField(Owner, through="Ownership", related_name="actions")
    themes = models.ManyToManyField(Theme, related_name="actions", blank=True)
    contributes_to = models.ManyToManyField(
        "self", symmetrical=False, related_name="contributions", blank=True
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="action_once"),
            models.CheckConstraint(
                condition=Q(end=None) | Q(end__gte=F("start")), name="action_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}/{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("agenda:action", args=[self.edition.key, self.number])

    @property
    def language(self) -> str:
        if self.title_nl and self.title_en:
            return ""
        return "nl" if self.title_nl else "en"

    def owners_in(self, role: str) -> list[Owner]:
        """Owners with a role, in the order of the text; uses what was prefetched."""
        return [o.owner for o in self.ownerships.all() if o.role == role]


class Ownership(models.Model):
    """Who does an action, who helps, who commissioned it."""

    class Role(models.TextChoices):
        LEAD = "lead", _("carries it out")
        PARTNER = "partner", _("takes part")
        COMMISSIONER = "commissioner", _("commissioned it")

    action = models.ForeignKey(Action, models.CASCADE, related_name="ownerships")
    owner = models.ForeignKey(Owner, models.PROTECT, related_name="ownerships")
    role = models.CharField(max_length=12, choices=Role.choices)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["action", "owner", "role"], name="ownership_once")]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.role} {self.action_id}"


class ProgressReport(models.Model):
    """What was said of an action on a date: by its owner, and by the person who reviewed that.

    `from_content` marks what the edition's own file says. Retention: kept as long as the edition;
    author and reviewer become empty when their account goes.
    """

    action = models.ForeignKey(Action, models.CASCADE, related_name="reports")
    date = models.DateField()
    self_status = models.CharField(max_length=12, choices=Status.choices)
    reviewed_status = models.CharField(max_length=12, choices=Status.choices, blank=True)
    text_nl = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    evidence_nl = models.CharField(max_length=300, blank=True)
    evidence_en = models.CharField(max_length=300, blank=True)
    evidence_url = models.URLField(max_length=500, blank=True)
    review_note = models.TextField(blank=True)
    review_language = models.CharField(max_length=2, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    from_content = models.BooleanField(default=False)

    class Meta:
        ordering = ["-date", "-pk"]
        indexes = [models.Index(fields=["action", "-date"])]

    def __str__(self) -> str:
        return f"{self.action_id} {self.date} {self.self_status}"


class Effect(models.Model):
    """What an action should change, as a number. Empty means: not stated, or not reported."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="effects")
    position = models.PositiveSmallIntegerField()
    indicator_nl = models.CharField(max_length=300, blank=True)
    indicator_en = models.CharField(max_length=300, blank=True)
    unit_nl = models.CharField(max_length=60, blank=True)
    unit_en = models.CharField(max_length=60, blank=True)
    baseline = models.DecimalField(max_digits=16, decimal_places=3, null=True, blank=True)
    baseline_date = models.DateField(null=True, blank=True)
    target = models.DecimalField(max_digits=16, decimal_places=3, null=True, blank=True)
    value = models.DecimalField(max_digits=16, decimal_places=3, null=True, blank=True)
    value_date = models.DateField(null=True, blank=True)
    source_nl = models.CharField(max_length=300, blank=True)
    source_en = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["action", "position"], name="effect_once")]

    def __str__(self) -> str:
        return f"{self.action_id} effect {self.position}"


class BudgetLine(models.Model):
    """A line of the budget and, by our reading, the actions it pays for."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="lines")
    key = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    title_nl = models.CharField(max_length=300, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    actions = models.ManyToManyField(Action, related_name="lines", blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="budget_line_once")]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.key}"


class BudgetAmount(models.Model):
    """Money of one line in one year, in the unit of the edition. Empty is 'not reported', not zero."""

    line = models.ForeignKey(BudgetLine, models.CASCADE, related_name="amounts")
    year = models.PositiveSmallIntegerField()
    planned = models.DecimalField(max_digits=14, decimal_places=2)
    committed = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    spent = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["year"]
        constraints = [models.UniqueConstraint(fields=["line", "year"], name="budget_amount_once")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("agenda:budget", args=[self.line.edition.key])


class Contradiction(models.Model):
    """Where the texts of an edition disagree or stay open, with what we chose to show."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="contradictions")
    key = models.SlugField(max_length=80)
    position = models.PositiveSmallIntegerField()
    about_nl = models.CharField(max_length=200, blank=True)
    about_en = models.CharField(max_length=200, blank=True)
    choice_nl = models.TextField(blank=True)
    choice_en = models.TextField(blank=True)
    readings = models.JSONField(default=list)
    money = models.BooleanField(default=False, help_text="also shown with the budget")
    actions = models.ManyToManyField(Action, related_name="contradictions", blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="contradiction_once")]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.key}"
