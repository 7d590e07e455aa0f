# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What of the editors' part is a person's: revisions and log lines lose the name with the account."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from knooppunt.editorial.models import Text


def models() -> tuple[str, ...]:
    """Our own and Wagtail's tables of what people did."""
    return ("editorial.Text", "editorial.NewsPage", "editorial.FixedPage", *_of_wagtail())


def _of_wagtail() -> list[str]:
    """Wagtail's own tables: they hold who changed what, and empty or drop that with the account."""
    labels = ("wagtailcore", "wagtailimages", "wagtailadmin", "wagtailusers", "wagtaildocs")
    return [model._meta.label for label in labels for model in apps.get_app_config(label).get_models()]


def own_data(user: Any) -> dict[str, Any]:
    """The texts that this person made."""
    return {"texts": list(Text.objects.filter(owner=user).values("title", "slug", "language"))}
