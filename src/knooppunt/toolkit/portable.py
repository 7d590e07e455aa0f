# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The toolkit in bulk: what is public, with its place in the history. Drafts, forms and plans stay out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.contentfile import Document
from knooppunt.toolkit import queries
from knooppunt.toolkit.contentcheck import check_one
from knooppunt.toolkit.imported import stop_offering
from knooppunt.toolkit.instrumentcheck import check_instrument, check_steps
from knooppunt.toolkit.loading import write_instrument, write_step
from knooppunt.toolkit.models import Entry, Instrument, Step, Version, as_kind
from knooppunt.toolkit.states import OPEN, STANDING, State


def export() -> Iterable[dict[str, Any]]:
    """Every public answer and definition, by kind and address."""
    for kind in queries.MODELS:
        for entry in queries.public(kind).iterator(chunk_size=200):
            version = entry.public
            yield {
                "kind": entry.kind,
                "slug": entry.slug,
                "theme": entry.theme,
                "origin": entry.origin,
                "number": version.number,
                "published": version.published.isoformat(),
                "from_content": version.from_content,
                "content": version.content,
            }


def load(records: Iterator[dict[str, Any]]) -> int:
    """Write entries from an export; ValueError when someone here works on the version it would overwrite."""
    taken = 0
    for record in records:
        kind, slug, theme = record["kind"], record["slug"], record["theme"]
        check_one(kind, theme, slug, record["content"])
        values = {"theme": theme, "origin": Entry.Origin(record["origin"])}
        entry, _made = Entry.objects.update_or_create(kind=kind, slug=slug, defaults=values)
        if entry.versions.filter(number=record["number"], state__in=OPEN).exists():
            raise ValueError(f"{entry}: someone here works on a version with the same number")
        entry.versions.filter(state__in=STANDING).update(state=State.REPLACED)
        published = datetime.fromisoformat(record["published"])
        version, _made = Version.objects.update_or_create(
            entry=entry,
            number=record["number"],
            defaults={
                "state": State.PUBLISHED,
                "content": record["content"],
                "changed": published,
                "published": published,
                "from_content": record["from_content"],
            },
        )
        version.set_review()
        version.save(update_fields=["review_due"])
        catalogue.publish(as_kind(entry), detail={"deed": "import"})
        taken += 1
    return taken


def export_instruments() -> Iterable[dict[str, Any]]:
    """Every instrument with all its versions, the oldest first: forms elsewhere may stand on any of them."""
    for instrument in Instrument.objects.order_by("slug").prefetch_related("versions"):
        versions = sorted(instrument.versions.all(), key=lambda version: (version.since, version.pk))
        yield {
            "slug": instrument.slug,
            "offered": instrument.offered,
            "versions": [version.content for version in versions],
        }


def load_instruments(records: Iterator[dict[str, Any]]) -> int:
    """Write instruments from an export; a version that stands here with other words is refused."""
    taken = 0
    for record in records:
        for content in record["versions"]:
            check_instrument(Document(content))
            write_instrument(content)
        if not record.get("offered", True):
            stop_offering(Instrument.objects.get(slug=record["slug"]), actor=None)
        taken += 1
    return taken


def export_steps() -> Iterable[dict[str, Any]]:
    """Every step of the plan."""
    yield from Step.objects.order_by("slug").values("slug", "number", "content")


def load_steps(records: Iterator[dict[str, Any]]) -> int:
    """Write steps from an export; they name instruments that are here."""
    known, taken = set(Instrument.objects.values_list("slug", flat=True)), 0
    for record in records:
        check_steps(Document({"steps": [record["content"]]}), known)
        write_step(record["number"], record["content"])
        taken += 1
    return taken
