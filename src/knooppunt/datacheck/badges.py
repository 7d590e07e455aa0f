# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The badge: a score as a small picture, readable for people and for screen readers."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from knooppunt.datacheck.models import Run

#: White text on each has a contrast of at least 4.5 (WCAG 2.2, 1.4.3).
COLOURS = {"excellent": "#00694b", "good": "#1f6f2b", "sufficient": "#8a5300", "bad": "#a51d2d"}


def draw(run: Run | None, language: str) -> str:
    """The picture of a check, or one that says that there is none (any more)."""
    if run is None:
        return _picture(_("expired"), "#595959", language)
    score = run.result["mqa"]
    text = f"{score['mean']:.0f}/{score['most']}"
    return _picture(text, COLOURS[score["rating"]], language)


def _picture(value: str, colour: str, language: str) -> str:
    label = _("metadata quality")
    left, right = 14 + 7 * len(label), 20 + 8 * len(value)
    context = {"label": label, "value": value, "colour": colour, "language": language,
               "left": left, "right": right, "width": left + right, "middle": left // 2,
               "other": left + right // 2}  # fmt: skip
    return render_to_string("datacheck/badge.svg", context)
