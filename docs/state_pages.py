# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""One page per thing that moves: its states, whose each move is, and who may what else, from the tables in the code.

An app's `states.py` has `State`, `Party`, `MOVES` (verb to moves with source, target and parties) and `LABELS`;
its `permissions.py` has `DEEDS` (deed to parties).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def states_page(title: str, lead: str, states: Any, deeds: Mapping[str, Any], whose: str, after: str) -> str:
    """The page without its licence line: diagram, table of moves, table of deeds."""
    moves = [(verb, move) for verb, group in states.MOVES.items() for move in group]
    names = {move: ", ".join(sorted(move.parties)) for _verb, move in moves}
    first = next(iter(states.State))
    sources = {move.source for _verb, move in moves}
    arrows = "".join(f"  {_node(m.source)} --> {_node(m.target)}: {verb} ({names[m]})\n" for verb, m in moves)
    ends = "".join(f"  {_node(state)} --> [*]\n" for state in states.State if state not in sources)
    rows = "".join(
        f"| {states.LABELS[verb]} (`{verb}`) | {m.source.label} | {m.target.label} | {names[m]} |\n"
        for verb, m in moves
    )
    table = "".join(
        f"| {deed} | {' | '.join('yes' if party in parties else '' for party in states.Party)} |\n"
        for deed, parties in deeds.items()
    )
    return (
        f"# {title}\n\n{lead} All states: {', '.join(f'`{state}`' for state in states.State)}.\n\n"
        f"```mermaid\nstateDiagram-v2\n  [*] --> {_node(first)}\n{arrows}{ends}```\n\n"
        f"## Whose each move is\n\n{whose}\n\n| move | from | to | whose |\n|---|---|---|---|\n{rows}\n"
        f"## Who may what else\n\n| deed | {' | '.join(states.Party)} |\n|---|{'---|' * len(states.Party)}\n{table}"
        f"\n{after}\n"
    )


def _node(state: str) -> str:
    return state.replace("-", "_")
