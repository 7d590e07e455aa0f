# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The initiatives that come with the hub, from their content files. What people write on the site wins."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.bilingual import from_pairs
from knooppunt.initiatives.contentcheck import CONTENT, load
from knooppunt.initiatives.models import Initiative

TEXTS = ("title", "problem", "capacity", "lesson")
PLAIN = ("challenge", "state", "place", "practice", "origins", "seeks", "offers")
TOLD = datetime(2019, 2, 1, tzinfo=UTC)  # the month of the edition that the files tell from


@transaction.atomic
def load_content(content: Path = CONTENT) -> str:
    """Bring every initiative up to date with its file; again changes nothing. One line on what it did."""
    documents = [load(file).data for file in sorted(content.glob("*.yaml"))]
    slugs = [document["initiative"] for document in documents]
    found = {i.slug: i for i in Initiative.objects.filter(slug__in=slugs)}
    changed = [one for one in (_updated(d, found.get(d["initiative"])) for d in documents) if one]
    catalogue.publish_many(changed)
    return f"{len(documents)} initiatives; written: {len(changed)}"


def _updated(document: dict[str, Any], initiative: Initiative | None) -> Initiative | None:
    """The initiative as its file tells it; None when it stands so, or people keep it themselves."""
    values = from_pairs(document, TEXTS) | {name: document[name] for name in PLAIN if name in document}
    values["source"] = document["source"] | {"actions": document.get("actions", [])}
    if initiative is None:
        initiative = Initiative(slug=document["initiative"], from_content=True, posted=TOLD, changed=TOLD)
        values["organisation"] = document["kept_by"]
    elif not initiative.from_content or all(getattr(initiative, n) == v for n, v in values.items()):
        return None
    for name, value in values.items():
        setattr(initiative, name, value)
    return initiative
