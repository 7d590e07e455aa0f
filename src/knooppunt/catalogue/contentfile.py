# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading content written as YAML with the place of every value, so that an error can say file and line.

YAML is a large language; a content file needs a small part of it. Refused before anything is built:
anchors and aliases (they can blow up a small file), tags of any kind, nesting deeper than `DEPTH`,
keys given twice, files larger than `SIZE`. Dates stay text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

SIZE = 512_000
DEPTH = 12
Place = tuple[str, int]
Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One error in a content file: where, what is wrong, what to write instead."""

    file: str
    line: int
    message: str
    advice: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} {self.advice}"


class ContentError(ValueError):
    """All problems found in a content file, in the order of the file."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(set(problems), key=lambda p: (p.file, p.line, p.message))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass
class Document:
    """The content as plain data, and the place of every value by its keys."""

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Keys, Place] = field(default_factory=dict)

    def problem(self, keys: Keys, message: str, advice: str) -> Problem:
        """A problem at the value with these keys, or at the nearest value around it."""
        while keys not in self.places and keys:
            keys = keys[:-1]
        file, line = self.places.get(keys, ("", 1))
        return Problem(file, line, message, advice)


class _Loader(yaml.SafeLoader):
    """YAML without timestamps: 2019-02-28 is a text like 2019-02."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(path: Path) -> Document:
    """Read one file, or all `*.yaml` of a folder as one document; raises ContentError."""
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    if not files:
        raise ContentError(
            [Problem(path.name, 1, _("There is no content here."), _("Put at least one .yaml file in it."))]
        )
    return read_texts((file.name, file.read_bytes()) for file in files)


def read_texts(files: Iterator[tuple[str, bytes]] | list[tuple[str, bytes]]) -> Document:
    """Read named texts as one document: lists of the same key are joined, other keys stand once."""
    document, problems = Document(), []
    for name, content in files:
        try:
            _join(document, _read_one(name, content))
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return document


def _read_one(name: str, content: bytes) -> Document:
    text = _decode(name, content)
    try:
        _refuse_what_we_do_not_need(name, text)
        loader = _Loader(text)
        node = loader.get_single_node()
        document = Document()
        if not isinstance(node, yaml.MappingNode):
            raise ContentError(
                [Problem(name, 1, _("The file holds no keys."), _("Start with a line such as 'edition:'."))]
            )
        document.data = _build(loader, node, (), name, document)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        message = _("This is not YAML: %(why)s.") % {"why": error.problem or error.context}
        advice = _("Check the indentation, and put texts with a colon or # between quotes.")
        raise ContentError([Problem(name, line, message, advice)]) from error
    except yaml.YAMLError as error:
        advice = _("Remove characters that are not text.")
        raise ContentError([Problem(name, 1, _("This is not YAML."), advice)]) from error
    return document


def _decode(name: str, content: bytes) -> str:
    if len(content) > SIZE:
        message = _("The file is larger than %(size)s bytes.") % {"size": SIZE}
        raise ContentError([Problem(name, 1, message, _("Split it by chapter."))])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = _("The file is not UTF-8 text.")
        raise ContentError([Problem(name, line, message, _("Save it again as UTF-8."))]) from error


def _refuse_what_we_do_not_need(name: str, text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            message = _("Anchors and aliases (& and *) are not allowed.")
            raise ContentError([Problem(name, line, message, _("Write the value out, or quote the text."))])
        if getattr(event, "tag", None):
            message = _("Tags (!) are not allowed.")
            raise ContentError([Problem(name, line, message, _("Leave the tag out, or quote the text."))])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEPTH:
            message = _("Values are nested too deeply.")
            raise ContentError([Problem(name, line, message, _("Follow the shape of the example edition."))])


def _build(loader: _Loader, node: yaml.Node, keys: Keys, name: str, document: Document) -> Any:
    document.places[keys] = (name, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_build(loader, item, (*keys, i), name, document) for i, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return loader.construct_object(node)
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = key_node.value
        if not isinstance(key_node, yaml.ScalarNode):
            raise ContentError([Problem(name, line, _("A key must be a word."), _("Write 'key: value'."))])
        if key in values:
            message = _("The key '%(key)s' stands here twice.") % {"key": key}
            raise ContentError([Problem(name, line, message, _("Keep one of the two."))])
        values[key] = _build(loader, value_node, (*keys, key), name, document)
        document.places[*keys, key] = (name, line)
    return values


def _join(document: Document, part: Document) -> None:
    for key, value in part.data.items():
        have = document.data.get(key)
        shift = 0
        if isinstance(have, list) and isinstance(value, list):
            shift = len(have)
            have.extend(value)
        elif key in document.data:
            place = document.places[key,]
            raise ContentError(
                [
                    part.problem(
                        (key,),
                        _("The key '%(key)s' also stands in %(file)s.") % {"key": key, "file": place[0]},
                        _("Keep one of the two."),
                    )
                ]
            )
        else:
            document.data[key] = value
        for keys, place in part.places.items():
            if keys[:1] == (key,):
                document.places.setdefault(_shifted(keys, shift), place)
    document.places.setdefault((), part.places[()])


def _shifted(keys: Keys, shift: int) -> Keys:
    if shift and len(keys) > 1 and isinstance(keys[1], int):
        return (keys[0], keys[1] + shift, *keys[2:])
    return keys
