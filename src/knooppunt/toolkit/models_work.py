# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Instruments with their versions, steps of the step plan, and what organisations make of both.

An instrument's questions stand in versions: a form that was begun keeps the version it began with.
"""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from knooppunt.people.fields import OrganisationField
from knooppunt.toolkit.formstates import FormState
from knooppunt.toolkit.repeating import written_out


class Instrument(models.Model):
    """A set of questions with what follows from the answers; no longer offered, it keeps its forms."""

    slug = models.SlugField(max_length=80, unique=True)
    offered = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("toolkit:instrument", args=[self.slug])

    @property
    def current(self) -> InstrumentVersion | None:
        """What is offered now; uses prefetched versions."""
        return next(iter(self.versions.all()), None)

    @property
    def made_by_others(self) -> bool:
        """Whether it was imported; our own instruments stand in the step plan and are always offered."""
        return self.current is not None and "source" in self.current.content


class InstrumentVersion(models.Model):
    """The questions as they were on a day, in the shape of `instrument.schema.json`. Never changed."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="versions")
    version = models.CharField(max_length=20)
    content = models.JSONField()
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "version"], name="instrument_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.instrument_id} {self.version}"


class Form(models.Model):
    """An instrument that a team of an organisation fills in; only that organisation sees it.

    Retention: a draft that nobody touched for two years goes; a signed or refused form stays with the
    organisation. Names become empty when an account goes.
    """

    version = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="forms")
    organisation = OrganisationField(db_index=True)
    title = models.CharField(_("What is it about?"), max_length=200)
    state = models.CharField(max_length=10, choices=FormState.choices, default=FormState.DRAFT)
    answers = models.JSONField(default=dict)
    changed = models.DateTimeField(auto_now=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-changed", "-pk"]

    def __str__(self) -> str:
        return f"form {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("toolkit:form", args=[self.pk])

    @property
    def content(self) -> dict[str, Any]:
        """The questions as they are asked of this team: what repeats is written out."""
        return written_out(self.version.content, self.answers)


class FormFile(models.Model):
    """A file that answers a question of a form: kept in the database, goes with the form."""

    form = models.ForeignKey(Form, models.CASCADE, related_name="files")
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=100)
    content = models.BinaryField()
    added = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"file {self.pk}"


class Step(models.Model):
    """A step of the plan from problem to evaluation, in the shape of `steps.schema.json`."""

    slug = models.SlugField(max_length=80, unique=True)
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("toolkit:step", args=[self.slug])


class Plan(models.Model):
    """A step plan of a team: what is done and noted per step. Only its organisation sees it.

    `steps` has, per step that was touched, `done` and `note`. Retention: goes when nobody touched it for
    two years, unless it became a practice.
    """

    organisation = OrganisationField(db_index=True)
    title = models.CharField(_("Which problem do you want to solve?"), max_length=200)
    steps = models.JSONField(default=dict)
    practice = models.SlugField(max_length=80, blank=True)
    changed = models.DateTimeField(auto_now=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-changed", "-pk"]

    def __str__(self) -> str:
        return f"plan {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("toolkit:plan", args=[self.pk])


class Colleague(models.Model):
    """Someone who was invited to one form or one plan, of another organisation perhaps.

    It counts once they accepted; until then nobody sees that the invitation reached anyone. Retention: goes
    with the form or plan, with the account, and when either side ends it.
    """

    form = models.ForeignKey(Form, models.CASCADE, null=True, related_name="colleagues")
    plan = models.ForeignKey(Plan, models.CASCADE, null=True, related_name="colleagues")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    since = models.DateTimeField(auto_now_add=True)
    accepted = models.DateTimeField(null=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(form__isnull=False, plan__isnull=True) | Q(form__isnull=True, plan__isnull=False),
                name="colleague_of_one",
            ),
            models.UniqueConstraint(fields=["form", "user"], name="colleague_of_form_once"),
            models.UniqueConstraint(fields=["plan", "user"], name="colleague_of_plan_once"),
        ]

    def __str__(self) -> str:
        return f"colleague {self.pk}"

    @property
    def about(self) -> Form | Plan:
        """The form or the plan: one of the two is there."""
        return self.form if self.form is not None else cast(Plan, self.plan)


class PlanCard(models.Model):
    """A card that a team attached to a step of its plan, and why."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="cards")
    step = models.SlugField(max_length=80)
    kind = models.SlugField(max_length=40)
    key = models.CharField(max_length=200)
    reason = models.CharField(_("Why is it of use here?"), max_length=300)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "step", "kind", "key"], name="plan_card_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.kind}/{self.key}"
