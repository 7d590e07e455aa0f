# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The circles that the source texts name, from their content files. What people write on the site wins."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction

from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.bilingual import from_pairs
from knooppunt.circles.contentcheck import CONTENT, load
from knooppunt.circles.models import Circle

TEXTS = ("title", "purpose")


@transaction.atomic
def load_content(content: Path = CONTENT) -> str:
    """Bring every circle up to date with its file; again changes nothing. One line on what it did."""
    documents = [load(file).data for file in sorted(content.glob("*.yaml"))]
    slugs = [document["circle"] for document in documents]
    found = {c.slug: c for c in Circle.objects.filter(slug__in=slugs)}
    changed = [one for one in (_updated(d, found.get(d["circle"])) for d in documents) if one]
    catalogue.publish_many(changed)
    return f"{len(documents)} circles; written: {len(changed)}"


def _updated(document: dict[str, Any], circle: Circle | None) -> Circle | None:
    """The circle as its file tells it; None when it stands so, or people keep it themselves."""
    values = from_pairs(document, TEXTS)
    values |= {name: document[name] for name in ("challenge", "elsewhere", "named") if name in document}
    values["source"] = document["source"] | {
        "actions": document.get("actions", []),
        "others": document.get("others", {}),
    }
    if circle is None:
        circle = Circle(slug=document["circle"], from_content=True)
    elif not circle.from_content or all(getattr(circle, name) == value for name, value in values.items()):
        return None
    for name, value in values.items():
        setattr(circle, name, value)
    return circle
