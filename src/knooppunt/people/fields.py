# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one way in which a thing refers to an organisation.

The slug is kept, also when the organisation ends: who may work on the thing, and which names are shown,
follows every merger (`people.mergers`). So a card, an export or an old link never changes its meaning.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models


class OrganisationField(models.SlugField):
    """The slug of an organisation. Every one of them is in a scenario of the tests of mergers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 100, **kwargs})

    def deconstruct(self) -> Any:
        """In the database it is a slug: a migration needs nothing of this module."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.SlugField", args, kwargs | {"max_length": self.max_length}


def references() -> list[str]:
    """Every field that refers to an organisation, as `app.Model.field`."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, OrganisationField)
    ]
