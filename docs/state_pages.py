# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""One page per thing that moves: its states, whose each move is, and who may what else.

Everything on the page comes from the table that the hub obeys: `knooppunt.flow.table.Flow`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def states_page(flows: Iterable[Any], groups: Iterable[tuple[str, Any, str]] = ()) -> str:
    """A page without its licence line: a part per table, the first as the page itself, and a part per group of
    deeds that has no states (title, deeds, what is said after it)."""
    first, *others = flows
    parts = [_part(first, "#"), *(_part(flow, "##") for flow in others)]
    parts += [
        f"## {title}\n\n{_whose(deeds)}\n\n{_deeds(deeds)}\n{after}\n" for title, deeds, after in groups
    ]
    return "\n".join(parts)


def _part(flow: Any, level: str) -> str:
    moves = [(verb, move) for verb in flow for move in flow.verbs[verb].moves]
    names = {move: ", ".join(p for p in flow.parties if p in move.parties) for _verb, move in moves}
    sources = {move.source for _verb, move in moves}
    arrows = "".join(f"  {_node(m.source)} --> {_node(m.target)}: {verb} ({names[m]})\n" for verb, m in moves)
    ends = "".join(f"  {_node(state)} --> [*]\n" for state in flow.states if state not in sources)
    rows = "".join(
        f"| {flow.label(verb)} (`{verb}`) | {m.source.label} | {m.target.label} | {names[m]} | "
        f"{', '.join(p for p in flow.parties if p in flow.verbs[verb].tells)} |\n"
        for verb, m in moves
    )
    page = flow.page
    deeds = f"{level}# Who may what else\n\n{_deeds(flow)}\n" if flow.deeds else ""
    return (
        f"{level} {page.title}\n\n{page.lead} All states: {', '.join(f'`{state}`' for state in flow.states)}.\n\n"
        f"```mermaid\nstateDiagram-v2\n  [*] --> {_node(next(iter(flow.states)))}\n{arrows}{ends}```\n\n"
        f"{level}# Whose each move is\n\n{_whose(flow)}\n\n"
        f"| move | from | to | whose | mail to |\n|---|---|---|---|---|\n{rows}\n{deeds}{page.after}\n"
    )


def _whose(table: Any) -> str:
    return "\n".join(f"- *{party}*: {party.label}" for party in table.parties)


def _deeds(table: Any) -> str:
    rows = "".join(
        f"| {deed} | {' | '.join('yes' if party in parties else '' for party in table.parties)} |\n"
        for deed, parties in (table.deeds if hasattr(table, "deeds") else table.table).items()
    )
    return f"| deed | {' | '.join(table.parties)} |\n|---|{'---|' * len(table.parties)}\n{rows}"


def _node(state: str) -> str:
    return state.replace("-", "_")
