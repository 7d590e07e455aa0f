# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The challenges that come with the hub, from their files; a file that goes away takes its page along."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.kinds import Text
from knooppunt.challenges.contentcheck import CONTENT, load
from knooppunt.challenges.models import Challenge

GONE = Text("Deze opgave staat niet meer in de hub.", "This challenge is no longer in the hub.")


@transaction.atomic
def load_content(content: Path = CONTENT) -> str:
    """Bring every challenge up to date with its file; again changes nothing. One line on what it did."""
    documents = {file.stem: load(file).data for file in sorted(content.glob("*.yaml"))}
    found = {challenge.slug: challenge for challenge in Challenge.objects.all()}
    for slug in set(found) - set(documents):
        catalogue.withdraw(found[slug], reason=GONE)
        found[slug].delete()
    changed = []
    for slug, document in documents.items():
        challenge = found.get(slug) or Challenge(slug=slug)
        if challenge.pk is None or challenge.content != document:
            challenge.content, challenge.position = document, document["position"]
            changed.append(challenge)
    catalogue.publish_many(changed)
    return f"{len(documents)} challenges; written: {len(changed)}"
