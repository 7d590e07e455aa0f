# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""What the catalogue asks of a search index. Any engine that passes the contract tests can stand behind it.

An index is a derived copy of the public cards. It is fed as an ordered log: every `apply` carries the
position of the last log line it holds, the index keeps that position together with the content, and
after a crash the feeder goes on from `position()`. Nothing here knows Django.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal, Protocol

from bronnen.ranking import Match

Position = tuple[int, int]
"""(transaction, sequence) of a log line; compared as a tuple."""

Key = tuple[str, str]
"""(kind, key) of a card."""

LANGUAGES = ("nl", "en")

Sort = Literal["relevance", "newest", "oldest", "starts"]
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest", "starts")


class IndexBusyError(RuntimeError):
    """Another process is writing this index; only one may. Stop that one, or let it do the work."""


class IndexDamagedError(RuntimeError):
    """The files of the index cannot be read, or another version wrote them. Reindex to build it anew."""


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """A card as it is found. Texts are plain text or light markup, by language ("nl", "en").

    `facets` maps a facet name (`[a-z][a-z0-9_]*`) to its values; `kind` is a facet of its own and must not
    be repeated there. `updated` must have a time zone. `place` is (latitude, longitude) in degrees.
    """

    kind: str
    key: str
    url: str
    title: dict[str, str]
    summary: dict[str, str]
    updated: datetime
    text: dict[str, str] = field(default_factory=dict)
    facets: dict[str, list[str]] = field(default_factory=dict)
    starts: date | None = None
    ends: date | None = None
    place: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search. An empty `text` browses: newest first unless `sort` says otherwise.

    Any text is allowed: it is read as words, never as a query language.

    - `lang`: language of the page; results are shown in it where they have it.
    - `kinds`, and each facet in `facets`: any of the values (or); between facets: all (and).
    - `count`: names of the facets whose values are to be counted (`kind` may be among them).
    - `ids`: only these cards; None for all, an empty sequence for none.
    - `since`, `until`: cards whose period (`starts` to `ends`, open where absent) touches these dates;
      cards without any date do not match.
    - `box`: (south, west, north, east): cards with a place inside it.
    - `whole`: the text is a whole description; its most telling words ask, two of them are enough (one,
      where two find fewer than ten cards), the best 100 of the former are ranked, or as many as the one
      page asks for, and nothing is marked. `member`: it is the description of a card in the index, so words
      that no other card holds do not ask.
    - `page` counts from 1; `size` is at most 200 (0 gives only total and counts).
    """

    text: str = ""
    lang: str = "nl"
    kinds: Sequence[str] = ()
    facets: dict[str, list[str]] = field(default_factory=dict)
    count: Sequence[str] = ()
    ids: Sequence[Key] | None = None
    since: date | None = None
    until: date | None = None
    box: tuple[float, float, float, float] | None = None
    sort: Sort = "relevance"
    whole: bool = False
    member: bool = False
    page: int = 1
    size: int = 20


@dataclass(frozen=True)
class Hit:
    """A card found. `lang` is the language that title and summary are shown in.

    `score` compares results of one search only. `matches` are the reasons as data, `why` is the same as a
    sentence in the language of the search ("" when browsing); both are worked out when they are asked for,
    since matching looks at more cards than it tells of. `highlights` holds `title`, `summary` and,
    where the words stand in the text only, `text`: HTML in which everything is escaped and the found words
    stand in `<mark>`.
    """

    kind: str
    key: str
    url: str
    lang: str
    title: str
    summary: str
    score: float
    highlights: dict[str, str]
    explain: Callable[[], tuple[tuple[Match, ...], str]] = field(repr=False, compare=False)
    coverage: float = 0.0
    """The share of the question, by worth, that the card holds."""
    starts: date | None = None
    ends: date | None = None
    updated: datetime | None = None
    place: tuple[float, float] | None = None

    @cached_property
    def _explained(self) -> tuple[tuple[Match, ...], str]:
        return self.explain()

    @property
    def matches(self) -> tuple[Match, ...]:
        """The reasons as data."""
        return self._explained[0]

    @property
    def why(self) -> str:
        """The reasons as a sentence."""
        return self._explained[1]


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits and what is known about all of them.

    - `total`: cards that match, all pages together.
    - `facet_counts`: for each facet asked in `count`: value -> number of cards, most first. A facet's own
      selection is left out of its counts, so that other values can be added to it.
    - `did_you_mean`: the question with misspelt words corrected from the words of the index, or None.
    - `lang_guess`: the language that the words of the question tell, or None.
    - `relaxed`: no card held enough words of the question, so cards that hold any of them are shown.
    - `ranked`: how many of the first hits were ordered by the ranking; later pages follow the index's order.
    """

    hits: tuple[Hit, ...]
    total: int
    facet_counts: dict[str, dict[str, int]] = field(default_factory=dict)
    did_you_mean: str | None = None
    lang_guess: str | None = None
    relaxed: bool = False
    ranked: int = 0


class Index(Protocol):
    """One index. Reading is safe from any thread and process; writing from one process at a time."""

    def position(self) -> Position | None:
        """The position of the last log line in the index; None when it never got one."""

    def apply(
        self,
        upserts: Sequence[IndexDocument],
        deletes: Sequence[Key] = (),
        position: Position | None = None,
    ) -> bool:
        """Deletes, then adds or replaces, then moves the position: all of it or, after a crash, nothing.

        A batch whose position is not beyond the stored one was applied before: it is left alone and the
        answer is False. Without a position the batch is always applied and the position stays (a first
        fill). Of several documents with one key the last counts; a key in both lists is present after.
        Readers see the result at once. Raises `IndexBusyError` when another process writes,
        `ValueError` for a document that breaks its own rules (nothing is applied).
        """

    def search(self, query: SearchQuery) -> Results:
        """Finds cards. Never raises for what a user typed; `ValueError` for impossible page, size or sort."""

    def suggest(self, start: str, limit: int = 8) -> list[str]:
        """Words of the index that complete the last word of `start`, most frequent first."""

    def count(self) -> int:
        """The number of cards in the index."""

    def close(self) -> None:
        """Releases the right to write, if held. The index can be used again afterwards."""
