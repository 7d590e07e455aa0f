# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accounts: the least a hub needs to know of a person."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does in the hub. Organisations and roles per organisation build on this."""

    MEMBER = "member", _("Member")
    EDITOR = "editor", _("Editor")
    CONNECTOR = "connector", _("Connector")
    ADMINISTRATOR = "administrator", _("Administrator")


class User(AbstractUser):
    """A local account. Retention: until it is erased, and its follows and alerts with it."""

    first_name = None
    last_name = None
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.MEMBER)
    organisation = models.SlugField(_("organisation"), max_length=100, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("nl", "nl"), ("en", "en")], default="nl"
    )

    def __str__(self) -> str:
        return f"account {self.pk}"
