# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The worklist as one page without scripts or anything from elsewhere, to read and to print."""

from __future__ import annotations

from html import escape
from typing import IO, Final

from bronnen.check.report.plain import WORDS
from bronnen.check.run import Result
from bronnen.check.worklist import Cause

_STYLE: Final = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:1rem auto;padding:0 1rem;color:#1a1a1a}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{border:1px solid #767676;padding:.4rem;"
    "text-align:left;vertical-align:top}td.n{text-align:right}caption{text-align:left;font-weight:bold}"
    "code{overflow-wrap:anywhere}@media print{body{max-width:none}}"
)
_TITLES: Final = {
    "nl": ("Controle van een catalogus", "Wat", "Soort", "Datasets", "Punten", "Voorbeelden", "Uitgevers",
           "Uitgever", "Fouten", "Gemiddelde score", "Wettelijke plicht"),
    "en": ("Check of a catalogue", "What", "Severity", "Datasets", "Points", "Examples", "Publishers",
           "Publisher", "Violations", "Mean score", "Legal duty"),
}  # fmt: skip


def write(result: Result, output: IO[bytes], language: str) -> None:
    """The whole page, after everything was found."""
    for _ in result.items():
        pass
    words, titles = WORDS[language], _TITLES[language]
    totals = result.totals()
    score = totals["mqa"]
    found = ", ".join(f"{totals[name]} × {words[name]}" for name in ("violation", "warning", "info"))
    links = "" if score["links_measured"] else f"<p>{words['links']}</p>"
    page = (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{titles[0]}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style><main>'
        f"<h1>{titles[0]}</h1><p><code>{escape(result.source)}</code> · {result.profile}</p>"
        f"<p>{words['score']}: <strong>{score['mean']}</strong> {words['of']} {score['most']} "
        f"({score['datasets']} datasets)</p>{links}<p>{words['found']}: {found}</p>"
        + _causes(result.worklist.causes(), language)
        + _publishers(result, language)
        + "</main></html>\n"
    )
    output.write(page.encode("utf-8", "replace"))


def _causes(causes: list[Cause], language: str) -> str:
    words, titles = WORDS[language], _TITLES[language]
    if not causes:
        return f"<p>{words['nothing']}</p>"
    head = "".join(f'<th scope="col">{title}</th>' for title in ("#", *titles[1:6]))
    rows = "".join(_cause(number, cause, language) for number, cause in enumerate(causes, 1))
    return _table(words["first"], head, rows)


def _cause(number: int, cause: Cause, language: str) -> str:
    duty = f" ({_TITLES[language][10]}: <code>{escape(cause.rule.duty)}</code>)" if cause.rule.duty else ""
    examples = "<br>".join(f"<code>{escape(focus)}</code>" for focus in cause.examples[:3])
    message = escape(getattr(cause.rule.message, language))
    return (
        f'<tr><td class="n">{number}</td><td>{message}{duty}<br><code>{escape(cause.rule.id)}</code></td>'
        f'<td>{WORDS[language][cause.rule.severity.value]}</td><td class="n">{cause.datasets}</td>'
        f'<td class="n">{cause.points}</td><td>{examples}</td></tr>'
    )


def _publishers(result: Result, language: str) -> str:
    titles = _TITLES[language]
    head = "".join(f'<th scope="col">{titles[at]}</th>' for at in (7, 3, 8, 9))
    rows = "".join(
        f'<tr><td>{escape(name)}</td><td class="n">{one["datasets"]}</td>'
        f'<td class="n">{one["violations"]}</td><td class="n">{one["mean"]}</td></tr>'
        for name, one in ((name, one.to_json()) for name, one in result.worklist.publishers().items())
    )
    return _table(titles[6], head, rows) if rows else ""


def _table(caption: str, head: str, rows: str) -> str:
    top = f"<caption>{caption}</caption><thead><tr>{head}</tr></thead>"
    return f"<table>{top}<tbody>{rows}</tbody></table>"
