# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.urls import reverse

from knooppunt.flow import drafts, history
from knooppunt.people.services import OrganisationField
from tests.toykind.states import OPEN, State


class Toy(models.Model):
    """The smallest thing that can be published."""

    slug = models.SlugField(unique=True)
    name_nl = models.CharField(max_length=100, blank=True)
    name_en = models.CharField(max_length=100, blank=True)
    text = models.TextField(blank=True)
    colour = models.CharField(max_length=20, default="red")
    year = models.IntegerField(default=2019)
    friend = models.SlugField(blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    hidden = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.slug


class Design(models.Model):
    """What people of an organisation write together: how a toy is made."""

    slug = models.SlugField(unique=True)
    organisation = OrganisationField()

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("toy:design", args=[self.slug])

    @property
    def open(self) -> "Version | None":
        return self.versions.filter(state__in=OPEN).first()

    @property
    def public(self) -> "Version | None":
        return self.versions.filter(state=State.PUBLISHED).first()


class Version(drafts.Draft):
    design = models.ForeignKey(Design, models.CASCADE, related_name="versions")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)

    class Meta(drafts.Draft.Meta):
        pass


class Step(history.Step):
    version = models.ForeignKey(Version, models.CASCADE, related_name="steps")
