# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Practices in bulk: every version that was public with its place in the history, and who did it too.

Drafts, comments and names of accounts are no content and stay out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.contentfile import Document
from knooppunt.practices import queries
from knooppunt.practices.contentcheck import check
from knooppunt.practices.models import Practice, Reuse, Version
from knooppunt.practices.states import OPEN, PUBLIC, State

REUSE = ("organisation", "since", "outcome", "how", "language")


def export() -> Iterable[dict[str, Any]]:
    """Every public practice, by its address."""
    for practice in queries.public().iterator(chunk_size=200):
        yield {
            "slug": practice.slug,
            "organisation": practice.organisation,
            "versions": [_version(version) for version in reversed(queries.history(practice))],
            "reuse": [{name: getattr(reuse, name) for name in REUSE} for reuse in practice.reuses.all()],
        }


def _version(version: Version) -> dict[str, Any]:
    assert version.published is not None  # noqa: S101 - the history holds what was published
    return {
        "number": version.number,
        "state": version.state if version.state in PUBLIC else State.REPLACED,
        "published": version.published.isoformat(),
        "review_due": version.review_due.isoformat() if version.review_due else None,
        "review_months": version.review_months,
        "note": version.note,
        "from_content": version.from_content,
        "content": version.content,
    }


def load(records: Iterator[dict[str, Any]]) -> int:
    """Write practices from an export; ValueError when people here work on a version it would overwrite."""
    taken = 0
    for record in records:
        practice, _made = Practice.objects.update_or_create(
            slug=record["slug"], defaults={"organisation": record["organisation"]}
        )
        _load_versions(practice, record["versions"])
        for reuse in record["reuse"]:
            values = {name: str(reuse[name]) for name in REUSE}
            Reuse.objects.update_or_create(
                practice=practice, organisation=values.pop("organisation"), defaults=values
            )
        catalogue.publish(Practice.objects.get(pk=practice.pk), detail={"deed": "import"})
        taken += 1
    return taken


def _load_versions(practice: Practice, versions: list[dict[str, Any]]) -> None:
    if sum(version["state"] in PUBLIC for version in versions) != 1:
        raise ValueError(f"practice '{practice}': exactly one version must be public")
    numbers = [version["number"] for version in versions]
    if practice.versions.filter(number__in=numbers, state__in=OPEN).exists():
        raise ValueError(f"practice '{practice}': someone here works on a version with the same number")
    practice.versions.filter(state__in=PUBLIC).update(state=State.REPLACED)
    for version in versions:
        content = version["content"]
        check(Document({"practice": practice.slug, "kept_by": practice.organisation, **content}))
        published, due = datetime.fromisoformat(version["published"]), version["review_due"]
        Version.objects.update_or_create(
            practice=practice,
            number=version["number"],
            defaults={
                "state": State(version["state"]),
                "content": content,
                "changed": published,
                "published": published,
                "review_due": date.fromisoformat(due) if due else None,
                "review_months": version["review_months"],
                "note": version["note"],
                "from_content": version["from_content"],
            },
        )
