# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The facilities that come with the hub, from their content files. What people write on the site wins."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from knooppunt.catalogue import services as catalogue
from knooppunt.facilities.contentcheck import CONTENT, load
from knooppunt.facilities.models import Facility


@transaction.atomic
def load_content(content: Path = CONTENT) -> str:
    """Bring every facility up to date with its file; again changes nothing. One line on what it did."""
    documents = [load(file).data for file in sorted(content.glob("*.yaml"))]
    found = {f.slug: f for f in Facility.objects.filter(slug__in=[d["facility"] for d in documents])}
    changed = []
    for document in documents:
        texts = {key: value for key, value in document.items() if key not in ("facility", "kept_by")}
        facility = found.get(document["facility"])
        if facility is None:
            facility = Facility(
                slug=document["facility"], organisation=document["kept_by"], from_content=True
            )
        elif not facility.from_content or facility.content == texts:
            continue
        facility.content = texts
        changed.append(facility)
    catalogue.publish_many(changed)
    return f"{len(documents)} facilities; written: {len(changed)}"
