# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every text in code and templates that is meant for people, with the Dutch translations there are.

`python -m tests.translations` prints what still lacks a translation, per catalogue.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "knooppunt"
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2),
    "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip
Message = str | tuple[str, ...]


def catalogue_of(file: Path) -> Path:
    """The catalogue nearest above a file: an app's own, else the package's."""
    for folder in file.parents:
        if (folder / "locale").is_dir():
            return folder / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    raise LookupError(file)


def sources() -> Iterator[Path]:
    for pattern in ("**/*.py", "**/templates/**/*.html", "**/templates/**/*.txt"):
        for file in sorted(PACKAGE.glob(pattern)):
            if not {"tests", "migrations", "node_modules"} & set(file.parts):
                yield file


def messages(file: Path) -> set[Message]:
    """The texts of one file; a plural is a pair."""
    text = file.read_text(encoding="utf-8")
    # Django turns a template into calls among blanked-out text; indentation there means nothing.
    source = text if file.suffix == ".py" else "\n".join(map(str.lstrip, templatize(text).splitlines()))
    found = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
    return {message if isinstance(message, str) else tuple(message) for _, message, _, _ in found if message}


def wanted() -> dict[Path, set[Message]]:
    """Per catalogue, the texts that it must translate."""
    result: dict[Path, set[Message]] = {}
    for file in sources():
        if found := messages(file):
            result.setdefault(catalogue_of(file), set()).update(found)
    return result


def read(catalogue: Path) -> Catalog:
    with catalogue.open("rb") as source:
        return read_po(source, locale="nl")


def missing() -> dict[Path, list[Message]]:
    """Per catalogue, the texts without a complete translation."""
    result = {}
    for path, texts in wanted().items():
        catalogue = read(path) if path.exists() else Catalog("nl")
        lacking = [text for text in texts if not _translated(catalogue, text)]
        if lacking:
            result[path] = sorted(lacking, key=str)
    return result


def _translated(catalogue: Catalog, text: Message) -> bool:
    message = catalogue.get(text[0] if isinstance(text, tuple) else text)
    if message is None or message.fuzzy:
        return False
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


if __name__ == "__main__":
    for path, texts in missing().items():
        print(path.relative_to(PACKAGE))  # noqa: T201
        for text in texts:
            print("   ", repr(text))  # noqa: T201
