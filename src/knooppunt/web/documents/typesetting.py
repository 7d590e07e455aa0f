# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The typesetter: a template of ours and data of anyone, as tagged PDF.

All text goes in as data, never as markup: what people wrote cannot change the document.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst

from knooppunt.web.documents.document import clean


def typeset(template: Path, **data: Any) -> bytes:
    """PDF/UA-1 from a template that reads each of `data` as JSON from `sys.inputs`.

    PDF/UA forbids a character that no font holds. People do write them: such a document is made as tagged PDF
    without that seal, with an empty box where the character stands.
    """
    inputs = {name: json.dumps(_clean(value), ensure_ascii=False) for name, value in data.items()}
    try:
        return _compile(template, inputs, ["ua-1"])
    except typst.TypstError as error:
        if "could not be displayed with font" not in str(error):
            raise
        return _compile(template, inputs, [])


def _compile(template: Path, inputs: dict[str, str], standards: list[str]) -> bytes:
    made: bytes = typst.compile(
        template, format="pdf", pdf_standards=standards, ignore_system_fonts=True, sys_inputs=inputs
    )
    return made


def _clean(value: Any) -> Any:
    match value:
        case str():
            return clean(value)
        case dict():
            return {key: _clean(each) for key, each in value.items()}
        case list() | tuple():
            return [_clean(each) for each in value]
    return value
