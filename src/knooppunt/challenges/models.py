# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Societal challenges (*maatschappelijke opgaven*): the way in to what others do with data."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse


class Challenge(models.Model):
    """One challenge; `content` is its file, in the shape of `challenge.schema.json`."""

    slug = models.SlugField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField()
    content = models.JSONField()

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("challenges:challenge", args=[self.slug])

    def text(self, field: str, language: str) -> str:
        return self.content[field][language]

    @property
    def data(self) -> list[dict[str, Any]]:
        return self.content["data"]
