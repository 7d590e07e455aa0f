# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accessibility as a machine can see it: axe-core, every rule of WCAG 2.2 AA and its best practices."""

from __future__ import annotations

from functools import lru_cache

from playwright.sync_api import Page

from knooppunt.web.build import THEME

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@lru_cache(maxsize=1)
def source() -> str:
    return (THEME / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def findings(page: Page) -> list[str]:
    """What axe finds on the page: rule, impact and the first places. The rules run outside the page's CSP."""
    page.evaluate(source())
    result = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", TAGS
    )
    return [
        f"{v['id']} ({v['impact']}): " + "; ".join(" ".join(map(str, n["target"])) for n in v["nodes"][:3])
        for v in result["violations"]
    ]
