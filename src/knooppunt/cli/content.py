# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Commands on content: load, reindex, search, evaluate."""

from __future__ import annotations

from argparse import Namespace, _SubParsersAction
from pathlib import Path
from typing import Any

from knooppunt.cli import desk
from knooppunt.cli.output import result, say


def add_commands(commands: _SubParsersAction) -> None:
    load = commands.add_parser("load", help="load the hub's own content, or official boundaries for the map")
    load.add_argument("names", nargs="*", metavar="NAME", help="only these contents (default: all)")
    load.add_argument("--boundaries", type=Path, metavar="FILE", help="GeoJSON (WGS 84) to draw on the map")
    load.set_defaults(run=run_load)

    reindex = commands.add_parser("reindex", help="build the search index anew; search keeps working")
    reindex.set_defaults(run=run_reindex)

    search = commands.add_parser("search", help="search as the site does")
    search.add_argument("query", metavar="QUERY")
    search.add_argument("--lang", choices=["nl", "en"], default="nl", help="language of the reader")
    search.add_argument("--kind", help="only this kind of card")
    search.add_argument("--limit", type=int, default=10, help="at most this many (default: 10)")
    search.add_argument("--json", action="store_true", help="list of {kind, id, title, url, score, why}")
    search.set_defaults(run=run_search)

    evaluate = commands.add_parser("evaluate", help="measure on files how well something works")
    what = evaluate.add_subparsers(dest="what", required=True, metavar="WHAT")
    retrieval = what.add_parser("retrieval", help="finding answers to questions, with plain BM25 beside it")
    retrieval.add_argument("--documents", type=Path, required=True, metavar="FILE.jsonl")
    retrieval.add_argument("--queries", type=Path, required=True, metavar="FILE.jsonl")
    retrieval.add_argument("--json", action="store_true")
    retrieval.set_defaults(run=run_evaluate_retrieval)
    related = what.add_parser("matching", help="finding related descriptions, with plain BM25 beside it")
    related.add_argument("collection", type=Path, metavar="DIR|FILE.jsonl", help="Markdown or JSON lines")
    related.add_argument("--json", action="store_true")
    related.set_defaults(run=run_evaluate_matching)
    desk.add_evaluations(what)


def run_load(options: Namespace) -> int:
    import django

    django.setup()
    from knooppunt.catalogue import atlas, indexing, loading
    from knooppunt.cli.migrating import ready

    ready()
    if options.boundaries:
        say(f"boundaries: {atlas.load_boundaries(options.boundaries)} rings")
        return 0
    for line in loading.load_all(options.names):
        say(f"content: {line}")
    say(f"index: {indexing.ensure()} cards")
    return 0


def run_reindex(options: Namespace) -> int:
    import django

    django.setup()
    from knooppunt.catalogue import indexing

    say(f"index: {indexing.rebuild(progress=lambda n: say(f'  {n} cards'))} cards, now in use")
    return 0


def run_search(options: Namespace) -> int:
    import django

    django.setup()
    from django.utils.translation import override

    from knooppunt.catalogue import finding
    from knooppunt.catalogue.kinds import kinds

    if options.limit < 1:
        raise ValueError("--limit must be at least 1")
    wanted = kinds.known([options.kind] if options.kind else [])
    with override(options.lang):
        found = finding.find(options.query, options.lang, kinds=wanted, size=options.limit)
        if found.building:
            raise RuntimeError("there is no search index yet; make one with: knooppunt load")
        rows = [finding.as_row(hit, options.lang) for hit in found.hits]
    text = "\n".join(
        f"{row['score']:8.3f}  {row['title']}  {row['url']}\n          {row['why']}" for row in rows
    )
    result(rows, as_json=options.json, text=text or "nothing found")
    return 0


def run_evaluate_retrieval(options: Namespace) -> int:
    from bronnen import evaluate

    return _figures(evaluate.retrieval(options.documents, options.queries), options)


def run_evaluate_matching(options: Namespace) -> int:
    from bronnen import evaluate

    return _figures(evaluate.matching(options.collection), options)


def _figures(figures: dict[str, Any], options: Namespace) -> int:
    text = "\n".join(
        f"{name:5}" + "".join(f"  {measure} {value:.3f}" for measure, value in figures[name].items())
        for name in ("ours", "bm25")
    )
    result(figures, as_json=options.json, text=f"{figures['n']} queries\n{text}")
    return 0
