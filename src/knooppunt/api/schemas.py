# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Schemas of the API: fields in camelCase, texts per language."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import ConfigDict
from pydantic.alias_generators import to_camel

MOST = 200
Limit = Annotated[int, Field(ge=1, le=MOST, description="At most this many items.")]
Cursor = Annotated[str, Field(max_length=200, description="From `next` of the page before, or empty.")]


class Resource(Schema):
    """What a resource shows: Python names in the code, camelCase outside."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, from_attributes=True)


class Text(Resource):
    """One text per language; what users write is in one of the two, and the other is empty."""

    nl: str = ""
    en: str = ""

    @classmethod
    def of(cls, thing: Any, field: str) -> Text:
        return cls(nl=getattr(thing, f"{field}_nl"), en=getattr(thing, f"{field}_en"))
