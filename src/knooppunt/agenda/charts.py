# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pictures of an agenda as SVG text: pure functions of plain values.

Widths are percentages and heights are pixels, so that a picture follows the width of its page while its
letters keep their size: readable on a phone and at 200 % zoom. Colours come from the style sheet through
classes; there is no style or script in the markup. Every picture has a title and a description, and the
page shows the same numbers as a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from knooppunt.agenda.wording import amount

TEXT_WIDTH = 36  # characters that fit beside each other on the narrowest phone
LINE_HEIGHT = 18
BAR_HEIGHT = 14


@dataclass(frozen=True)
class Money:
    """Amounts of one budget line in one year; None where nothing was reported."""

    year: int
    planned: Decimal
    committed: Decimal | None = None
    spent: Decimal | None = None


@dataclass(frozen=True)
class Bars:
    """One budget line: its title and its amounts by year."""

    title: str
    amounts: Sequence[Money]


@dataclass(frozen=True)
class Share:
    """One part of a distribution: code (for its colour), label, number."""

    code: str
    label: str
    count: int


def _figure(name: str, title: str, description: str, height: float, body: SafeString) -> SafeString:
    return format_html(
        '<svg class="agenda-chart" width="100%" height="{}" role="img" focusable="false"'
        ' aria-labelledby="{}-title {}-description">'
        '<title id="{}-title">{}</title><desc id="{}-description">{}</desc>{}</svg>',
        *(height, name, name, name, title, name, description, body),
    )


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def period(
    start: int, end: int | None, first: int, last: int, *, label: str, tentative: bool = False
) -> SafeString:
    """One action's years on an axis of whole years from `first` to `last`, in words in its title.

    An open end is an arrow up to the edge of the axis; a tentative action has a dashed outline.
    """
    if not first <= start <= last:
        raise ValueError(f"start {start} is outside the axis {first}-{last}")
    step = 100 / (last - first + 1)
    left = (start - first) * step
    width = ((last if end is None else min(end, last)) - start + 1) * step
    lines = _joined(
        format_html('<line class="agenda-grid" x1="{0}%" x2="{0}%" y1="0" y2="24"/>', round(i * step, 3))
        for i in range(last - first + 2)
    )
    kind = "agenda-period--tentative" if tentative else "agenda-period"
    if end is not None:
        shape = format_html(
            '<rect class="{}" x="{}%" y="5" width="{}%" height="14" rx="2"/>',
            *(kind, round(left + 0.6, 3), round(width - 1.2, 3)),
        )
    else:
        shape = format_html(
            '<rect class="{}" x="{}%" y="5" width="{}%" height="14"/>'
            '<svg aria-hidden="true" x="100%" y="2" width="14" height="20" overflow="visible">'
            '<path class="{}" d="M-14 0 L0 10 L-14 20 Z"/></svg>',
            *(kind, round(left + 0.6, 3), round(width - 4.6, 3), kind),
        )
    return format_html(
        '<svg class="agenda-chart" width="100%" height="24" role="img" focusable="false"'
        ' aria-label="{}">{}{}</svg>',
        *(label, lines, shape),
    )


def budget(bars: Sequence[Bars], name: str, title: str, description: str) -> SafeString:
    """A group of bars per budget line, one bar per year; `spent` is drawn inside `planned`."""
    largest = max((m.planned for bar in bars for m in bar.amounts), default=Decimal()) or Decimal(1)
    parts, y = [], 0
    for bar in bars:
        for line in wrap(bar.title, TEXT_WIDTH) or [""]:
            y += LINE_HEIGHT
            parts.append(format_html('<text class="agenda-label" x="0" y="{}">{}</text>', y - 4, line))
        for money in bar.amounts:
            parts.append(_year_bar(money, y, largest))
            y += BAR_HEIGHT + 4
        y += 12
    return _figure(name, title, description, y, _joined(parts))


def _year_bar(money: Money, y: int, largest: Decimal) -> SafeString:
    def percent(value: Decimal) -> float:
        return round(float(value / largest * 78), 3)

    planned = percent(money.planned)
    inner = [
        format_html(
            '<rect class="agenda-planned" x="0" y="{}" width="{}%" height="{}"/>', y, planned, BAR_HEIGHT
        )
    ]
    if money.spent is not None:
        inner.append(
            format_html(
                '<rect class="agenda-spent" x="0" y="{}" width="{}%" height="{}"/>',
                *(y + 4, percent(money.spent), BAR_HEIGHT - 8),
            )
        )
    if money.committed is not None:
        inner.append(
            format_html(
                '<line class="agenda-committed" x1="{0}%" x2="{0}%" y1="{1}" y2="{2}"/>',
                *(percent(money.committed), y - 1, y + BAR_HEIGHT + 1),
            )
        )
    edge = max(planned, percent(money.spent or Decimal()), percent(money.committed or Decimal()))
    return format_html(
        '<text class="agenda-tick" x="0" y="{}">{}</text>'
        '<svg aria-hidden="true" x="44" y="0" width="84%" height="100%" overflow="visible">{}'
        '<text class="agenda-tick" x="{}%" dx="6" y="{}">{}</text></svg>',
        *(y + BAR_HEIGHT - 2, money.year, _joined(inner), edge, y + BAR_HEIGHT - 2, amount(money.planned)),
    )


def distribution(
    rows: Sequence[tuple[str, Sequence[Share]]], name: str, title: str, description: str
) -> SafeString:
    """One bar per row, divided by number; each part carries its number, its colour comes from its code."""
    parts, y = [], 0.0
    for label, shares in rows:
        y += LINE_HEIGHT
        parts.append(format_html('<text class="agenda-label" x="0" y="{}">{}</text>', y - 4, label))
        total = sum(share.count for share in shares) or 1
        left = 0.0
        for share in shares:
            width = share.count / total * 100
            if share.count:
                parts.append(
                    format_html(
                        '<rect class="agenda-share agenda-share--{}" x="{}%" y="{}" width="{}%" height="28"/>'
                        '<text class="agenda-share-number agenda-share-number--{}" x="{}%" y="{}">{}</text>',
                        *(share.code, round(left, 3), y, round(width, 3)),
                        *(share.code, round(left + width / 2, 3), y + 19, share.count),
                    )
                )
            left += width
        y += 28 + 14
    return _figure(name, title, description, y, _joined(parts))
