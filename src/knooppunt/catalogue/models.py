# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The catalogue's own tables: cards and what makes them findable, kept in step and traceable.

A card is public by definition and derived: it can be thrown away and made again from its thing.
Nothing here points to a thing by foreign key, so the catalogue knows no kind.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Bilingual(models.Model):
    """Title, summary and text per language; what users write is in one of the two (`language`)."""

    language = models.CharField(max_length=2, blank=True, help_text="'' means both languages")
    title_nl = models.CharField(max_length=300, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    summary_nl = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    text_nl = models.TextField(blank=True)
    text_en = models.TextField(blank=True)

    class Meta:
        abstract = True

    def in_language(self, field: str, language: str) -> tuple[str, str]:
        """The field in the reader's language, else in the other: (text, language of that text)."""
        other = "en" if language == "nl" else "nl"
        text = getattr(self, f"{field}_{language}")
        return (text, language) if text else (getattr(self, f"{field}_{other}"), other)


class Card(Bilingual):
    """What anyone may find: a public projection of one published thing."""

    kind = models.SlugField(max_length=40)
    key = models.CharField(max_length=200)
    url = models.CharField(max_length=400, help_text="path without language prefix")
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    place = models.CharField(max_length=100, blank=True)
    published = models.DateTimeField()
    updated = models.DateTimeField()
    facets = models.ManyToManyField("FacetValue", related_name="cards", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="card_once")]
        indexes = [
            models.Index(fields=["kind", "-updated"]),
            models.Index(fields=["-updated"]),
            models.Index(fields=["place", "id"], condition=Q(latitude__isnull=False), name="card_on_map"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


def identities(keys: Iterable[tuple[str, str]]) -> Q:
    """The condition that selects cards by (kind, key): one `IN` per kind."""
    by_kind: dict[str, list[str]] = {}
    for kind, key in keys:
        by_kind.setdefault(kind, []).append(key)
    condition = Q(pk__in=[])
    for kind, names in by_kind.items():
        condition |= Q(kind=kind, key__in=names)
    return condition


class FacetValue(models.Model):
    """One value one can filter on, with its label in both languages."""

    facet = models.SlugField(max_length=40)
    code = models.CharField(max_length=100)
    label_nl = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facet", "code"], name="facet_value_once")]

    def __str__(self) -> str:
        return f"{self.facet}={self.code}"


class Tally(models.Model):
    """Cards that came (or went) with one value of a facet; the sum over the lines is how many there are."""

    facet = models.SlugField(max_length=40)
    code = models.CharField(max_length=100)
    number = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["facet", "code"])]

    def __str__(self) -> str:
        return f"{self.facet}={self.code} {self.number:+}"


class Tombstone(models.Model):
    """What was public and no longer is: its address answers 410, feeds and followers are told."""

    kind = models.SlugField(max_length=40)
    key = models.CharField(max_length=200)
    url = models.CharField(max_length=400)
    title_nl = models.CharField(max_length=300, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    reason_nl = models.TextField(blank=True)
    reason_en = models.TextField(blank=True)
    withdrawn = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="tombstone_once")]
        indexes = [models.Index(fields=["url"])]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class RelationType(models.TextChoices):
    """How one card bears on another; read from source to target."""

    SOLVES = "solves", _("solves")
    USES = "uses", _("uses")
    ANSWERS = "answers", _("answers")
    FOLLOWS_UP = "follows-up", _("follows up")
    SAME_PROBLEM = "same-problem", _("same problem as")
    PART_OF = "part-of", _("part of")
    RELATED = "related", _("related to")


class Relation(models.Model):
    """An arrow between two cards. Derived arrows are replaced at publish; asserted ones have an author."""

    source_kind = models.SlugField(max_length=40)
    source_key = models.CharField(max_length=200)
    target_kind = models.SlugField(max_length=40)
    target_key = models.CharField(max_length=200)
    type = models.CharField(max_length=20, choices=RelationType.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    derived = models.BooleanField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_key", "target_kind", "target_key", "type", "derived"],
                name="relation_once",
            ),
            models.CheckConstraint(
                condition=Q(derived=False) | Q(author=None), name="derived_relation_has_no_author"
            ),
        ]
        indexes = [models.Index(fields=["target_kind", "target_key"])]

    def __str__(self) -> str:
        return f"{self.source_kind}:{self.source_key} {self.type} {self.target_kind}:{self.target_key}"


class Change(models.TextChoices):
    PUBLISHED = "published", _("published")
    UPDATED = "updated", _("updated")
    WITHDRAWN = "withdrawn", _("withdrawn")


class OutboxLine(models.Model):
    """The ordered log of what changed. A line says *which* card changed; readers look up what it is now.

    Lines are read in order of (transaction, id). On PostgreSQL `transaction` is the writer's
    transaction number, and readers stop before the oldest that is still open: identifiers are given
    out before commit, so reading by identifier alone would skip lines that commit late.
    SQLite has one writer at a time and uses 0.
    """

    transaction = models.BigIntegerField(default=0)
    kind = models.SlugField(max_length=40)
    key = models.CharField(max_length=200)
    change = models.CharField(max_length=10, choices=Change.choices)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["transaction", "id"]), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.transaction}/{self.pk} {self.change} {self.kind}:{self.key}"


class AuditLine(models.Model):
    """Who did what, written in the same transaction as the deed. Kept for seven years."""

    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    action = models.CharField(max_length=60)
    kind = models.SlugField(max_length=40)
    key = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["kind", "key"]), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.kind}:{self.key}"


class ScheduledMove(models.Model):
    """A publication or withdrawal that the worker makes when it is due, by the same service."""

    class Move(models.TextChoices):
        PUBLISH = "publish", _("publish")
        WITHDRAW = "withdraw", _("withdraw")

    kind = models.SlugField(max_length=40)
    key = models.CharField(max_length=200)
    move = models.CharField(max_length=10, choices=Move.choices)
    due = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    failure = models.TextField(blank=True, help_text="why it could not be made; empty while waiting")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key", "move"], name="scheduled_move_once")]
        indexes = [models.Index(fields=["due"])]

    def __str__(self) -> str:
        return f"{self.move} {self.kind}:{self.key} at {self.due:%Y-%m-%d %H:%M}"


class Follow(models.Model):
    """One person follows one card, or everything a search finds. Goes with the account."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("e-mail")
        WEBHOOK = "webhook", _("webhook")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    kind = models.SlugField(max_length=40, blank=True)
    key = models.CharField(max_length=200, blank=True)
    search = models.CharField(max_length=1000, blank=True, help_text="query string of the search page")
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.MAIL)
    webhook_url = models.URLField(max_length=500, blank=True)
    secret = models.CharField(max_length=64, blank=True, help_text="signs webhook bodies (HMAC-SHA-256)")
    language = models.CharField(max_length=2, default="nl")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(key="") & Q(kind="")) ^ Q(search=""), name="follow_card_or_search"
            ),
            models.UniqueConstraint(fields=["user", "kind", "key", "search", "channel"], name="follow_once"),
        ]
        indexes = [models.Index(fields=["kind", "key"])]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.search or f'{self.kind}:{self.key}'}"


class Alert(models.Model):
    """One change told to one follower, once. Removed 90 days after it was sent."""

    follow = models.ForeignKey(Follow, models.CASCADE, related_name="alerts")
    line = models.ForeignKey(OutboxLine, models.CASCADE)
    sent = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["follow", "line"], name="alert_once")]

    def __str__(self) -> str:
        return f"alert {self.pk}"


class LogPosition(models.Model):
    """How far a reader of the outbox that lives in the database has come."""

    reader = models.SlugField(primary_key=True)
    transaction = models.BigIntegerField(default=0)
    line = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.reader} at {self.transaction}/{self.line}"


class Dismissal(models.Model):
    """A match that a person set aside, with the reason. Retention: it goes with the account, or when taken
    back.

    The pair is gone for that person. What many say of a pair of kinds holds such matches back for everyone,
    within bounds (`catalogue.matching`), and counts no more once it is taken back.
    """

    class Reason(models.TextChoices):
        OTHER_PROBLEM = "other-problem", _("This is another problem")
        KNOWN = "known", _("I know this already")
        OLD = "old", _("This is too old for me")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    source_kind = models.SlugField(max_length=40)
    source_key = models.CharField(max_length=200)
    target_kind = models.SlugField(max_length=40)
    target_key = models.CharField(max_length=200)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "source_kind", "source_key", "target_kind", "target_key"],
                name="dismissed_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_kind}:{self.source_key} is not {self.target_kind}:{self.target_key}"
