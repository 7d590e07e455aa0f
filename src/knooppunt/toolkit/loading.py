# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The answers, definitions, instruments and steps that come with the hub, from their content files.

What people write in the hub wins: an entry with a version of their own no longer follows its file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from knooppunt.catalogue import services as catalogue
from knooppunt.toolkit.contentcheck import CONTENT, LISTS, load
from knooppunt.toolkit.instrumentcheck import load_instrument, load_steps
from knooppunt.toolkit.models import Entry, Instrument, InstrumentVersion, Step, Theme, Version, as_kind
from knooppunt.toolkit.states import STANDING, State


def load_content(content: Path = CONTENT) -> str:
    """Bring every entry up to date with its file; again changes nothing. One line on what it did."""
    rows = [
        (kind, document.data["theme"], entry)
        for kind, documents in load(content).items()
        for document in documents
        for entry in document.data[LISTS[kind]]
    ]
    written = sum(_load(*row) for row in rows)
    return f"{len(rows)} answers and definitions; written: {written}"


@transaction.atomic
def _load(kind: str, theme: str, entry: dict[str, Any]) -> bool:
    """One entry, all or nothing; True when it was written."""
    content = {key: value for key, value in entry.items() if key != "id"}
    kept, _made = Entry.objects.select_for_update().get_or_create(
        kind=kind, slug=entry["id"], defaults={"theme": theme, "origin": Entry.Origin.CONTENT}
    )
    last = kept.versions.first()
    same = last is not None and last.content == content and kept.theme == theme
    if same or kept.versions.filter(from_content=False).exists():
        return False
    _stand(kept, content)
    Entry.objects.filter(pk=kept.pk).update(theme=theme)
    catalogue.publish(as_kind(kept), detail={"deed": "load content"})
    return True


def _stand(entry: Entry, content: dict[str, Any]) -> None:
    """Let these words of a file stand as the next version."""
    last, now = entry.versions.first(), timezone.now()
    entry.versions.filter(state__in=STANDING).update(state=State.REPLACED)
    version = Version(
        entry=entry,
        number=last.number + 1 if last else 1,
        state=State.PUBLISHED,
        content=content,
        changed=now,
        published=now,
        from_content=True,
    )
    version.set_review()
    version.save()


def load_instruments(content: Path = CONTENT) -> str:
    """Offer the instruments and steps of the files. A form that was begun keeps its version."""
    documents = [load_instrument(file).data for file in sorted((content / "instruments").glob("*.yaml"))]
    steps = load_steps(content / "steps.yaml", {document["instrument"] for document in documents}).data
    written = sum(map(write_instrument, documents))
    written += sum(write_step(number, step) for number, step in enumerate(steps["steps"], 1))
    return f"{len(documents)} instruments, {len(steps['steps'])} steps; written: {written}"


@transaction.atomic
def write_instrument(document: dict[str, Any]) -> bool:
    """Offer a version of an instrument; True when it is new or offered again.

    ValueError when a version would change.
    """
    instrument, _made = Instrument.objects.select_for_update().get_or_create(slug=document["instrument"])
    version, made = InstrumentVersion.objects.get_or_create(
        instrument=instrument, version=document["version"], defaults={"content": document}
    )
    if not made and version.content != document:
        raise ValueError(
            f"instrument {instrument} {version.version} was changed: give the new text a higher version"
        )
    news = made or not instrument.offered
    if news:
        instrument.offered = True
        instrument.save(update_fields=["offered"])
        catalogue.publish(instrument, detail={"deed": "load content"})
    return news


@transaction.atomic
def write_step(number: int, content: dict[str, Any]) -> bool:
    """Bring a step up to date; True when it was written. What people wrote in the hub wins."""
    step = Step.objects.filter(slug=content["id"]).first() or Step(slug=content["id"])
    text = {key: value for key, value in content.items() if key != "id"}
    kept, _made = Entry.objects.select_for_update().get_or_create(
        kind=Entry.Kind.STEP, slug=step.slug,
        defaults={"theme": Theme.WORKING, "origin": Entry.Origin.CONTENT},
    )  # fmt: skip
    own = kept.versions.filter(from_content=False).exists()
    last = kept.versions.first()
    if not own and (last is None or last.content != text):
        _stand(kept, text)
    told = step.content if own and step.pk else content
    if step.pk and (step.number, step.content) == (number, told):
        return False
    step.number, step.content = number, told
    catalogue.publish(step, detail={"deed": "load content"})
    return True
