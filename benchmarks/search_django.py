# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same cards in a plain Django project on SQLite: full-text search as shipped, and `LIKE`."""

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import django
from django.conf import settings

from benchmarks.search_cards import Card

FACETS = ("kind", "theme", "organisation")


def start(database: Path) -> "CardModels":
    """Sets Django up for this process with one model, and makes its tables."""
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database)}},
        INSTALLED_APPS=["django.contrib.contenttypes", "modelsearch"],
        MODELSEARCH_BACKENDS={"default": {"BACKEND": "modelsearch.backends.database", "AUTO_UPDATE": False}},
        USE_TZ=True,
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return CardModels()


class CardModels:
    """The model, how it is filled, and the two ways to find in it."""

    def __init__(self) -> None:
        from django.db import connection, models
        from modelsearch import index

        class StoredCard(index.Indexed, models.Model):
            kind = models.CharField(max_length=40, db_index=True)
            theme = models.CharField(max_length=40, db_index=True)
            organisation = models.CharField(max_length=40, db_index=True)
            updated = models.DateTimeField(db_index=True)
            title = models.TextField()
            summary = models.TextField()
            text = models.TextField()

            search_fields = (
                index.SearchField("title", boost=3),
                index.SearchField("summary"),
                index.SearchField("text"),
                *(index.FilterField(name) for name in FACETS),
            )

            class Meta:
                app_label = "contenttypes"

            def __str__(self) -> str:
                return self.title

        self._connection = connection
        self._model: Any = StoredCard
        with connection.schema_editor() as editor:
            editor.create_model(StoredCard)

    def fill(self, batches: Iterable[list[Card]], indexed: bool) -> None:
        """Stores all cards; with `indexed` also in the full-text index, whose statistics are gathered after."""
        for batch in batches:
            self._model.objects.bulk_create([self._row(card) for card in batch])
        if indexed:
            from modelsearch.backends import get_search_backend

            backend = get_search_backend()
            rebuilder = backend.rebuilder_class(backend.get_index_for_model(self._model))
            index = rebuilder.start()
            index.add_model(self._model)
            objects = self._model.objects.order_by("pk")
            for start in range(0, objects.count(), 5_000):
                index.add_items(self._model, list(objects[start : start + 5_000]))
            rebuilder.finish()
        with self._connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _row(self, card: Card) -> Any:
        texts = [" ".join(pair) for pair in zip(card.nl, card.en or ("", "", ""), strict=True)]
        return self._model(
            kind=card.kind,
            theme=card.theme,
            organisation=card.organisations[0],
            updated=card.updated,
            title=texts[0],
            summary=texts[1],
            text=texts[2],
        )

    def interrupter(self) -> Callable[[], None]:
        """What another thread calls to stop the question that this one is answering."""
        self._connection.ensure_connection()
        return self._connection.connection.interrupt

    def search(self, text: str, theme: str | None, size: int) -> int:
        """Through the search library: first page, total, and its counts for three facets."""
        if not text:
            return self.like(text, theme, size)
        objects = self._model.objects.filter(theme=theme) if theme else self._model.objects.all()
        from modelsearch.backends import get_search_backend

        found = get_search_backend().search(text, objects, operator="and")
        try:
            list(found[:size])
            for name in FACETS:
                found.facet(name)
            return int(found.count())
        except (django.db.OperationalError, sqlite3.OperationalError) as error:
            raise TimeoutError from error

    def like(self, text: str, theme: str | None, size: int) -> int:
        """`LIKE` on every word, newest first: first page, total, and counts for three facets."""
        from django.db.models import Count, Q

        objects = self._model.objects.filter(theme=theme) if theme else self._model.objects.all()
        for word in text.split():
            objects = objects.filter(
                Q(title__icontains=word) | Q(summary__icontains=word) | Q(text__icontains=word)
            )
        try:
            list(objects.order_by("-updated")[:size])
            for name in FACETS:
                list(objects.values(name).order_by().annotate(n=Count("pk")))
            return int(objects.count())
        except (django.db.OperationalError, sqlite3.OperationalError) as error:
            raise TimeoutError from error
