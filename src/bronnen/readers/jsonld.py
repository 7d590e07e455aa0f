# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""DCAT in JSON-LD. A list of things is read in portions, so that one bad thing spoils only itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pyoxigraph as ox

from bronnen.readers.grouping import Grouping
from bronnen.readers.jsonstream import JsonStream
from bronnen.readers.model import Document, Items, Refusal, UnreadableError
from bronnen.readers.rdf import take

_PORTION = 100


def read(document: Document) -> Items:
    """Records of one file. A context elsewhere is taken from a file of that name beside it, never fetched."""
    grouping = Grouping(document.source)
    with document.path.open(encoding="utf-8-sig", errors="replace") as file:
        stream = JsonStream(file)
        elements = stream.elements("@graph")
        position = 0
        try:
            while portion := list(islice(elements, _PORTION)):
                if "@context" not in stream.head and not stream.is_list:
                    portion += elements  # The context may come after the list.
                yield from _portion(portion, position, stream.head, document, grouping)
                position += len(portion)
        except UnreadableError as error:
            yield Refusal(f"element {position + 1}", str(error), error.cure, broken=True)
    if set(stream.head) - {"@context"}:
        yield from _parse(stream.head, grouping, document, "the top")
    yield from grouping.records()


def _portion(
    portion: list[Any], position: int, head: dict[str, Any], document: Document, grouping: Grouping
) -> Iterator[Refusal]:
    """A portion at once; when it does not parse, each thing by itself to find which."""
    context = head.get("@context", {})
    whole = list(_parse({"@context": context, "@graph": portion}, grouping, document, "portion"))
    if not whole:
        return
    for offset, element in enumerate(portion):
        place = f"element {position + offset + 1}"
        yield from _parse({"@context": context, "@graph": [element]}, grouping, document, place)


def _parse(form: dict[str, Any], grouping: Grouping, document: Document, position: str) -> Iterator[Refusal]:
    """Adds all statements, or none and a refusal."""
    try:
        local = with_context(form, document)
        text = json.dumps(local, ensure_ascii=False).encode("utf-8", "replace")
        quads = list(ox.parse(text, ox.RdfFormat.JSON_LD, base_iri=_base(document), lenient=True))
    except UnreadableError as error:
        yield Refusal(position, str(error), error.cure)
    except (SyntaxError, ValueError, RecursionError) as error:
        yield Refusal(position, str(error)[:200], "Correct the JSON-LD of this thing.")
    else:
        yield from take(quads, grouping, ends_at_error=False)


def _base(document: Document) -> str | None:
    return document.source if document.source.startswith(("http://", "https://")) else None


def with_context(form: dict[str, Any], document: Document) -> dict[str, Any]:
    """The same with every context in it; UnreadableError for one that is elsewhere and not known."""
    contexts = form.get("@context", {})
    listed = contexts if isinstance(contexts, list) else [contexts]
    return {**form, "@context": [_local_context(one, document) for one in listed]}


def _local_context(context: Any, document: Document) -> Any:
    if not isinstance(context, str):
        return context
    beside = document.path.parent / context.rstrip("/").rsplit("/", 1)[-1]
    if beside.is_file():
        try:
            return json.loads(beside.read_text(encoding="utf-8"))["@context"]
        except (ValueError, KeyError, TypeError):
            pass
    raise UnreadableError(
        f"a JSON-LD context elsewhere ({context[:100]}), which is not fetched",
        "Put the context in the file, or a file of that name beside it.",
    )
