# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import models


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
