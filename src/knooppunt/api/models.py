# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tokens: how a program speaks for a person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a token may be used for; each next one includes those before it."""

    READ = "read", _("Read, with a higher limit")
    WRITE = "write", _("Read, and write what I may write")


class Token(models.Model):
    """A key to the API for one program of one person. Only its hash is kept.

    Retention: until it is withdrawn, 30 days after it expired, or with the account.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=80)
    scope = models.CharField(_("may"), max_length=10, choices=Scope.choices, default=Scope.READ)
    hash = models.CharField(max_length=64, unique=True)
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField(_("until"))
    used = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"token {self.pk}"

    @property
    def is_open(self) -> bool:
        return timezone.now() < self.expires
