# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The roles: what a person is to one organisation, and what a person is to the hub."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does for one organisation. A person may have several, at several organisations."""

    MEMBER = "member", _("Member")
    EDITOR = "editor", _("Editor")
    DATA_STEWARD = "data-steward", _("Data steward")
    PRIVACY_OFFICER = "privacy-officer", _("Privacy officer")
    EXPERT = "expert", _("Expert")
    CONNECTOR = "connector", _("Connector")
    ADMINISTRATOR = "administrator", _("Administrator")


class HubRole(models.TextChoices):
    """What a person does for the hub itself: the centre's own staff. Most people have none of it."""

    MEMBER = "member", _("No role in the hub")
    EDITOR = "editor", _("Hub editor")
    CONNECTOR = "connector", _("Hub connector")
    ADMINISTRATOR = "administrator", _("Hub administrator")


# Who may write and change what an organisation publishes here.
EDITORS = (Role.EDITOR, Role.ADMINISTRATOR)
