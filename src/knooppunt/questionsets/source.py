# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A YAML or JSON file of others as plain data with the line of every value.

Their files may use anchors; what they stand for is counted before anything is built, so a small file that
unfolds into a large one is refused. So are tags, endless references, deep nesting and large files.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from knooppunt.catalogue.contentfile import ContentError, Keys, Problem

SIZE = 4_000_000
DEPTH = 60
VALUES = 200_000
LINES_UP_TO = 500_000
PLAIN = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("map", "seq", "str", "int", "float", "bool", "null", "merge")
)


class TwiceError(ContentError):
    """A key stands twice."""


@dataclass
class Source:
    """The data of one file, and the line of each value by its keys."""

    file: str
    data: Any = None
    lines: dict[Keys, int] = field(default_factory=dict)

    def line(self, *keys: str | int) -> int:
        """The line of the value with these keys, or of the nearest value around it."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)


class _Loader(yaml.SafeLoader):
    """YAML without timestamps: a date stays the text that it is."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_source(path: Path, name: str) -> Source:
    """The file's data; ContentError says file, line and cure."""
    if path.stat().st_size > SIZE:
        message = _("The file is larger than %(size)s bytes.") % {"size": SIZE}
        raise _error(name, 1, message, _("Split it into smaller sets."))
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _error(name, line, _("The file is not UTF-8 text."), _("Save it again as UTF-8.")) from error
    if path.suffix.lower() == ".json":
        return _from_json(name, text)
    return _from_yaml(name, text)


def _error(name: str, line: int, message: str, advice: str) -> ContentError:
    return ContentError([Problem(name, line, message, advice)])


def _from_json(name: str, text: str) -> Source:
    """JSON is YAML too, nearly always: that gives the lines of its values, for a file that is not large."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        message = _("This is not JSON: %(why)s.") % {"why": error.msg}
        raise _error(name, error.lineno, message, _("Check commas, quotes and brackets there.")) from error
    except ValueError as error:
        message = _("This is not JSON: %(why)s.") % {"why": _("a number is too long")}
        raise _error(name, 1, message, _("Put it between quotes.")) from error
    except RecursionError as error:
        raise _too_deep(name, 1) from error
    if len(text) > LINES_UP_TO:
        return Source(name, data)
    try:
        return Source(name, data, _from_yaml(name, text.replace("\t", " ")).lines)
    except TwiceError:
        raise
    except ContentError:
        return Source(name, data)


def _too_deep(name: str, line: int) -> ContentError:
    return _error(name, line, _("Values are nested too deeply."), _("A few levels are enough."))


def _from_yaml(name: str, text: str) -> Source:
    try:
        _check_depth(name, text)
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return Source(name)
        _count(name, node, {}, set())
        source = Source(name)
        source.data = _build(loader, node, (), source)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = _("This is not YAML: %(why)s.") % {"why": error.problem or error.context}
        advice = _("Check the indentation, and put texts with a colon or # between quotes.")
        raise _error(name, mark.line + 1 if mark else 1, message, advice) from error
    except (yaml.YAMLError, ValueError) as error:
        if isinstance(error, ContentError):
            raise
        raise _error(name, 1, _("This is not YAML."), _("Remove characters that are not text.")) from error
    return source


def _check_depth(name: str, text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH:
            raise _too_deep(name, event.start_mark.line + 1)


def _count(name: str, node: yaml.Node, known: dict[int, int], around: set[int]) -> int:
    """How many values the node stands for when every reference is written out."""
    if id(node) in around:
        message = _("A value refers to itself.")
        raise _error(name, node.start_mark.line + 1, message, _("Write the value out without & and *."))
    if id(node) in known:
        return known[id(node)]
    if node.tag not in PLAIN:
        message = _("Tags (!) are not allowed.")
        raise _error(name, node.start_mark.line + 1, message, _("Leave the tag out, or quote the text."))
    parts: list[yaml.Node] = []
    if isinstance(node, yaml.SequenceNode):
        parts = list(node.value)
    elif isinstance(node, yaml.MappingNode):
        parts = [part for pair in node.value for part in pair]
    around.add(id(node))
    total = 1 + sum(_count(name, part, known, around) for part in parts)
    around.discard(id(node))
    known[id(node)] = total
    if total > VALUES:
        message = _("Written out, this file holds more than %(n)s values.") % {"n": VALUES}
        raise _error(name, node.start_mark.line + 1, message, _("Take out & and *, or split it."))
    return total


def _build(loader: _Loader, node: yaml.Node, keys: Keys, source: Source) -> Any:
    source.lines[keys] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_build(loader, item, (*keys, i), source) for i, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return loader.construct_object(node)
    _refuse_twice(source.file, node)
    loader.flatten_mapping(node)
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        values[key] = _build(loader, value_node, (*keys, key), source)
        source.lines[*keys, key] = key_node.start_mark.line + 1
    return values


def _refuse_twice(name: str, node: yaml.MappingNode) -> None:
    """A key that stands twice would lose one of the two without a word."""
    seen: set[str] = set()
    for key_node, _value in node.value:
        key = str(key_node.value)
        if key in seen and key_node.tag != "tag:yaml.org,2002:merge":
            message = _("The key '%(key)s' stands here twice.") % {"key": key}
            raise TwiceError(
                [Problem(name, key_node.start_mark.line + 1, message, _("Keep one of the two."))]
            )
        seen.add(key)
