# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The practices that come with the hub, from their content files.

What people write on the site wins: a practice with a version of their own no longer follows its file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from knooppunt.catalogue import services as catalogue
from knooppunt.practices.contentcheck import CONTENT, load
from knooppunt.practices.models import Practice, Version
from knooppunt.practices.states import STANDING, State


def load_content(content: Path = CONTENT) -> str:
    """Bring every practice up to date with its file; again changes nothing. One line on what it did."""
    documents = [load(file).data for file in sorted(content.glob("*.yaml"))]
    written = sum(map(_load, documents))
    return f"{len(documents)} practices; written: {written}"


@transaction.atomic
def _load(document: dict[str, Any]) -> bool:
    """One practice, all or nothing; True when it was written."""
    content = {key: value for key, value in document.items() if key not in ("practice", "kept_by")}
    practice, _made = Practice.objects.select_for_update().get_or_create(
        slug=document["practice"], defaults={"organisation": document["kept_by"]}
    )
    last = practice.versions.first()
    if practice.versions.filter(from_content=False).exists() or (last and last.content == content):
        return False
    practice.versions.filter(state__in=STANDING).update(state=State.REPLACED)
    now = timezone.now()
    Version.objects.create(
        practice=practice,
        number=last.number + 1 if last else 1,
        state=State.PUBLISHED,
        content=content,
        changed=now,
        published=now,
        from_content=True,
    )
    catalogue.publish(Practice.objects.get(pk=practice.pk), detail={"deed": "load content"})
    return True
