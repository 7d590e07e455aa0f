# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Results for programs and for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .plan import Value
from .rehearse import Result
from .release import Suppressed, Table

WHY = {
    "primary": (
        "too few units or holders contribute, or one of them makes up too much of it",
        "te weinig eenheden of houders dragen bij, of een daarvan bepaalt het te veel",
    ),
    "collinear": (
        "a predictor follows (almost) from the others, the fit is (nearly) perfect, or one unit makes up "
        "most of it, so that it would give values away; leave a predictor out",
        "een voorspeller volgt (bijna) uit de andere, het model past (bijna) volmaakt, of een eenheid "
        "bepaalt het grotendeels, en zo zou het waarden verraden; laat een voorspeller weg",
    ),
    "difference": (
        "beside another released figure it would tell about a few units: subtracting the two leaves too few",
        "naast een ander vrijgegeven cijfer zou het iets over enkelen zeggen: na aftrekken blijven er te "
        "weinig over",
    ),
    "rounded": (
        "counts are rounded, and this figure would tell the exact count; ask COUNT, SUM or AVG instead",
        "aantallen zijn afgerond, en dit cijfer zou het precieze aantal verraden; vraag COUNT, SUM of AVG",
    ),
    "secondary": (
        "it would let a suppressed figure be computed",
        "hiermee zou een onderdrukt cijfer uit te rekenen zijn",
    ),
}


INSTEAD = {
    "primary": (
        "wider cells: fewer columns in GROUP BY, wider bands, no WHERE",
        "ruimere cellen: minder kolommen in GROUP BY, bredere klassen, zonder WHERE",
    ),
    "collinear": ("the model with fewer predictors", "het model met minder voorspellers"),
    "difference": (
        "the same question with the boundaries of the other one, or instead of it",
        "dezelfde vraag met de grenzen van de andere vraag, of in plaats daarvan",
    ),
    "rounded": (
        "COUNT, SUM or AVG, or rules without round_counts",
        "COUNT, SUM of AVG, of regels zonder round_counts",
    ),
    "secondary": (
        "the total alone, or wider cells in one question with it",
        "alleen het totaal, of ruimere cellen in een vraag samen met het totaal",
    ),
}


def as_json(result: Result) -> dict[str, Any]:
    """The contract of ``samen run --json``."""
    return {
        "refused": [
            {"question": item.question, "why": item.why[0], "instead": item.instead[0]}
            for item in refused(result.tables)
        ],
        "questions": [_question(table) for table in result.tables],
        "quality": [{"about": item.about, "band": item.band} for item in result.quality],
        "hidden": [
            {
                "question": item.question,
                "figure": item.figure,
                "cell": list(item.labels),
                "at_least": item.low,
                "at_most": item.high,
            }
            for item in result.hidden
        ],
        "opened": [{"what": name, "values": count} for name, count in result.opened.items()],
        "for_holders": result.for_holders,
        "seconds": round(result.seconds, 3),
        "rounds": result.rounds,
        "bytes": result.bytes,
        "phases": {name: round(seconds, 3) for name, seconds in result.phases.items()},
    }


@dataclass(frozen=True, slots=True)
class Refused:
    """A question of which nothing is shown: why, and what may be asked instead; English, Dutch."""

    question: str
    why: tuple[str, str]
    instead: tuple[str, str]


def refused(tables: Sequence[Table]) -> list[Refused]:
    """The questions without any answer."""
    found = []
    for table in tables:
        if table.suppressed and not any(_answered(table, row) for row in table.rows):
            reason = next(name for name in WHY if any(item.reason == name for item in table.suppressed))
            why, instead = WHY[reason], INSTEAD[reason]
            if reason == "difference" and table.beside:
                why = (f"{why[0]} (question {table.beside})", f"{why[1]} (vraag {table.beside})")
            found.append(Refused(table.name, why, instead))
    return found


def _answered(table: Table, row: Sequence[Value]) -> bool:
    """Whether a row shows a figure; what stands in the key of a hidden one is a label."""
    labels = {name for item in table.suppressed for name in item.row}
    return any(
        value is not None for column, value in zip(table.columns, row, strict=True) if column not in labels
    )


def _question(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "columns": table.columns,
        "rows": table.rows,
        "suppressed": [_suppressed(item) for item in table.suppressed],
        "notes": table.notes,
        "beside": table.beside,
    }


def _suppressed(item: Suppressed) -> dict[str, Any]:
    return {
        "row": dict(item.row),
        "column": item.column,
        "reason": item.reason,
        "why": WHY[item.reason][0],
    }


def as_text(result: Result, language: str) -> str:
    """Tables, what was suppressed and why, cost."""
    dutch = language == "nl"
    lines = ["", *(f"{item.about}: {item.band}" for item in result.quality)] if result.quality else []
    for table in result.tables:
        lines += ["", table.name, *grid(table), *table.notes]
        for reason in WHY:
            count = sum(item.reason == reason for item in table.suppressed)
            if count:
                beside = f" ({table.beside})" if reason == "difference" and table.beside else ""
                lines.append(f"  {count} x · : {WHY[reason][dutch]}{beside}")
    for item in refused(result.tables):
        instead = "vraag in plaats daarvan" if dutch else "ask instead"
        lines += ["", f"{item.question}: {item.why[dutch]}; {instead}: {item.instead[dutch]}"]
    cost = (
        f"{result.seconds:.1f} s, {result.rounds} rondes, {result.bytes:,} bytes tussen de partijen"
        if dutch
        else f"{result.seconds:.1f} s, {result.rounds} rounds, {result.bytes:,} bytes between the parties"
    )
    return "\n".join([*lines[1:], "", cost, ""])


def grid(table: Table) -> list[str]:
    """A table in columns; a suppressed figure is a dot."""
    cells = [table.columns, *([shown(value) for value in row] for row in table.rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(table.columns))]
    return [
        "  " + "  ".join(text.rjust(width) for text, width in zip(row, widths, strict=True)) for row in cells
    ]


def shown(value: Value) -> str:
    if value is None:
        return "·"
    return (
        f"{value:,.4g}"
        if isinstance(value, float) and abs(value) < 1000
        else (f"{value:,.2f}" if isinstance(value, float) else str(value))
    )


def explain_text(found: dict[str, Any], language: str) -> str:
    """The plan for people."""
    dutch = language == "nl"
    lines = [found["study"], ""]
    for question in found["questions"]:
        lines += [f"{question['name']}: {question['sql']}", f"  {question['cells']} x {question['figures']}"]
        lines.append(f"  {question['computed']}")
    lines += ["", "Wat openbaar wordt:" if dutch else "What becomes public:"]
    for opening in found["opened"]:
        most = "" if opening["exact"] else ("hooguit " if dutch else "at most ")
        count = f"{most}{opening['values']}" if opening["values"] else "-"
        lines.append(f"  {count:>14}  {opening['what']} ({opening['betekenis' if dutch else 'meaning']})")
    cost = ("Kosten", "rondes", "s hier", "s bij 20 ms", "per partij") if dutch else (
        "Cost", "rounds", "s here", "s at 20 ms", "per party"
    )  # fmt: skip
    lines += [
        "",
        f"{cost[0]}: {found['seconds']} {cost[2]}, {found['seconds_20ms']} {cost[3]}, {found['rounds']} "
        f"{cost[1]}, "
        f"{found['bytes']:,} bytes, {found['megabytes_per_party']} MB {cost[4]}",
        "",
    ]
    return "\n".join(lines)
