# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two versions of a practice beside each other: which fields differ, and which words in them."""

from __future__ import annotations

from typing import Any

from knooppunt.flow.difference import Difference, differences
from knooppunt.practices import wording


def compare(old: dict[str, Any], new: dict[str, Any], language: str) -> list[Difference]:
    """The fields that differ in a language, in the order of the template."""
    return differences(as_lines(old, language), as_lines(new, language), wording.LABELS.items())


def as_lines(content: dict[str, Any], language: str) -> dict[str, str]:
    """Each field of the template as a text, lists a line per item."""

    def text(value: dict[str, str] | None) -> str:
        return (value or {}).get(language, "")

    named = content.get("organisations", {})
    lines = {field: text(content.get(field)) for field in ("title", "summary", *wording.TEXTS)}
    starter = content.get("starter", {})
    return lines | {
        "challenges": "\n".join(content.get("challenges", [])),
        "organisations": "\n".join(
            filter(None, [*named.get("lead", []), *named.get("partners", []), text(named.get("others"))])
        ),
        "stage": str(wording.STAGES[content.get("stage", "not_reported")]),
        "place": content.get("place", {}).get("name", ""),
        "data": "\n".join(_data_line(item, text) for item in content.get("data", [])),
        "starter": "\n".join(
            filter(None, [str(wording.FITS[starter["fit"]]) if starter else "", text(starter.get("why"))])
        ),
        "reuse": "\n".join(
            f"{text(item['by'])}, {item['when']}: {text(item['how'])}" for item in content.get("reuse", [])
        ),
    }


def _data_line(item: dict[str, Any], text: Any) -> str:
    origins = ", ".join(str(wording.ORIGINS[origin]) for origin in item["origin"])
    holders = ", ".join(filter(None, [*item.get("holders", []), text(item.get("others"))]))
    return " ".join(filter(None, [f"{text(item['name'])} ({origins})", holders, text(item.get("note"))]))
