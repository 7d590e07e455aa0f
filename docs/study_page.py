# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The reference of the study file, printed from the table that the reader checks files against."""

from __future__ import annotations

from pathlib import Path

TITLES = {
    "study": ("At the top", "Bovenaan"),
    "tables.NAME": ("`[tables.NAME]`", "`[tables.NAAM]`"),
    "tables.NAME.columns.COLUMN": ("`[tables.NAME.columns.COLUMN]`", "`[tables.NAAM.columns.KOLOM]`"),
    "rules": ("`[rules]`", "`[rules]`"),
    "privacy": ("`[privacy]`", "`[privacy]`"),
    "questions": ("`[[questions]]`", "`[[questions]]`"),
}
BODY = Path(__file__).resolve().parent / "study-file-body.md"


def study_file_page() -> str:
    from samen.study.schema import SECTIONS

    intro, rest = BODY.read_text(encoding="utf-8").split("<!-- keys -->\n")
    parts = [intro]
    for section, fields in SECTIONS.items():
        english, dutch = TITLES[section]
        title = english if english == dutch else f"{english} / {dutch}"
        rows = "".join(
            f"| `{f.name}` | {f.kind} | {default(f.default)} | {cell(f.en)} | {cell(f.nl)} |\n"
            for f in fields
        )
        parts.append(
            f"### {title}\n\n| key | kind | default | meaning | betekenis |\n|---|---|---|---|---|\n{rows}\n"
        )
    return "".join([*parts, rest])


def cell(text: str) -> str:
    return text.replace("|", "\\|")


def default(value: object) -> str:
    from samen.study.schema import REQUIRED

    if value is REQUIRED:
        return "**required**"
    if value is None or value in ("", [], {}):
        return "–"
    return (
        "`"
        + str(value).replace("True", "true").replace("False", "false").replace("'", '"').replace("|", "\\|")
        + "`"
    )
