# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Command on matching: who does the same kind of thing, and why."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction

from knooppunt.cli.output import result


def add_commands(commands: _SubParsersAction) -> None:
    match = commands.add_parser("match", help="what is like a card or a text, and why")
    match.add_argument("id", nargs="?", metavar="ID", help="a card: its key, or kind:key")
    match.add_argument("--text", metavar="TEXT", help="a description instead of a card")
    match.add_argument("--lang", choices=["nl", "en"], default="nl", help="language of the reader")
    match.add_argument("--kind", action="append", default=[], help="only this kind; repeatable")
    match.add_argument("--limit", type=int, default=10, help="at most this many (default: 10)")
    match.add_argument("--json", action="store_true", help="list of {kind, id, title, score, why}")
    match.set_defaults(run=run_match)


def run_match(options: Namespace) -> int:
    """A text that nothing is like gives an empty list; an unknown card is an error that names near ones."""
    if (options.id is None) == (options.text is None):
        raise ValueError("give an ID or --text, one of the two")
    if options.limit < 1:
        raise ValueError("--limit must be at least 1")
    import django

    django.setup()
    from django.utils.translation import override

    from knooppunt.catalogue import indexing, matching
    from knooppunt.catalogue.kinds import kinds

    if not indexing.exists():
        raise RuntimeError("there is no search index yet; make one with: knooppunt load")
    wanted = kinds.known(options.kind)
    with override(options.lang):
        if options.text is None:
            source = matching.source_of(matching.find(options.id), options.lang)
        else:
            source = matching.Source(options.text)
        found = matching.match(source, options.lang, only=wanted, size=options.limit)
    rows = [{"kind": m.kind, "id": m.key, "title": m.title, "score": m.score, "why": m.why} for m in found]
    text = "\n".join(
        f"{r['score']:7.3f}  {r['kind']}:{r['id']}  {r['title']}\n         {r['why']}" for r in rows
    )
    result(rows, as_json=options.json, text=text or "nothing like it")
    return 0
