# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""An output policy: the rules of a facility on what may leave it, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from knooppunt.catalogue.contentfile import ContentError, Document, read
from knooppunt.catalogue.contentschema import Shape

SHAPE = Shape(
    Path(__file__).parents[1] / "content" / "output-policy.schema.json",
    {
        "slug": lambda: _("Use small letters, digits and hyphens: 'our-lab'."),
        "k": lambda: _("Give a share: 0.85 for 85 percent."),
    },
)
ROWS = 5_000


@dataclass(frozen=True)
class Dominance:
    """The (n,k) rule: the `n` largest contributors have at most the share `k` of a total."""

    n: int
    k: float


@dataclass(frozen=True)
class OutputPolicy:
    """What may leave: see the descriptions in `output-policy.schema.json`."""

    policy: str
    version: int
    minimum_cell: int
    zeros_disclosive: bool = False
    full_cells: str = "review"
    dominance: Dominance | None = None
    p_percent: float | None = None
    differencing: bool = True
    may_leave: tuple[str, ...] = ("tables",)
    rows_at_most: int = ROWS
    columns: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, data: dict[str, Any]) -> OutputPolicy:
        """The policy of a checked document."""
        known = {k: v for k, v in data.items() if k in cls.__dataclass_fields__}
        if "dominance" in known:
            known["dominance"] = Dominance(**known["dominance"])
        if "may_leave" in known:
            known["may_leave"] = tuple(known["may_leave"])
        return cls(**known)


def read_policy(path: Path) -> OutputPolicy:
    """The policy in a YAML or JSON file; ContentError names file, line and cure."""
    document = read(path)
    check_policy(document)
    return OutputPolicy.of(document.data)


def check_policy(document: Document) -> None:
    """Raise ContentError, with every problem, unless the document is an output policy."""
    if problems := list(SHAPE.problems(document)):
        raise ContentError(problems)
