# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""When Wagtail publishes a piece of news or takes it back, the catalogue follows in the same transaction."""

from __future__ import annotations

from typing import Any

from knooppunt.catalogue import services as catalogue
from knooppunt.editorial.models import NewsPage


def published(sender: Any, instance: Any, **more: Any) -> None:
    if isinstance(instance, NewsPage):
        catalogue.publish(instance, actor=_actor(more))


def unpublished(sender: Any, instance: Any, **more: Any) -> None:
    if isinstance(instance, NewsPage):
        catalogue.withdraw(instance, actor=_actor(more))


def _actor(more: dict[str, Any]) -> Any:
    revision = more.get("revision")
    return revision.user if revision is not None else None
