# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Does the confidence of the help desk hold? Table and picture over the questions kept apart.

`python -m benchmarks.calibration FOLDER IMAGE.svg`: FOLDER holds pairs NAME.answers.jsonl, NAME.questions.jsonl.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bronnen.evaluate.files import read_documents, read_questions
from bronnen.evaluate.memory import MemoryIndex
from bronnen.evaluate.questions import Answered, calibration
from bronnen.evaluate.retrieval import half_of
from bronnen.ranking import confidence

SIDE = 300


def answered(folder: Path) -> list[Answered]:
    """Confidence and outcome of each question that no number was chosen by."""
    found = []
    for answers in sorted(folder.glob("*.answers.jsonl")):
        documents = read_documents(answers)
        index = MemoryIndex(documents)
        for question in read_questions(answers.with_name(answers.name.replace(".answers", ".questions"))):
            if half_of(question.text) == "held-out":
                ranked, _ = index.answers(question.text)
                right = bool(ranked) and documents[ranked[0].id].id == question.answer
                found.append((confidence(ranked), right))
    return found


def picture(rows: list[dict[str, float]]) -> str:
    """Said against right; on the diagonal the confidence is exact."""
    dots = "".join(
        f'<circle cx="{40 + row["said"] * SIDE:.0f}" cy="{20 + (1 - row["right"]) * SIDE:.0f}" r="5"/>'
        for row in rows
    )
    return (
        "<!-- SPDX-FileCopyrightText: 2026 The Knooppunt contributors\n     SPDX-License-Identifier: EUPL-1.2 -->\n"
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE + 60} {SIDE + 60}" role="img" '
        'font-family="sans-serif" font-size="12"><title>Confidence said against share right</title>'
        f'<rect width="{SIDE + 60}" height="{SIDE + 60}" fill="#fff"/>'
        f'<path d="M40 {SIDE + 20}H{SIDE + 40}M40 20V{SIDE + 20}" stroke="#333" fill="none"/>'
        f'<path d="M40 {SIDE + 20}L{SIDE + 40} 20" stroke="#999" stroke-dasharray="4" fill="none"/>'
        f'<g fill="#154273">{dots}</g><text x="120" y="{SIDE + 50}">confidence said, 0 to 1</text>'
        '<text x="10" y="14">share right, 0 to 1</text></svg>\n'
    )


def main() -> None:
    rows = calibration(answered(Path(sys.argv[1])))
    for row in rows:
        print(f"| {row['from']:.1f}–{row['to']:.1f} | {row['n']} | {row['said']:.2f} | {row['right']:.2f} |")
    Path(sys.argv[2]).write_text(picture(rows), "utf-8")


if __name__ == "__main__":
    main()
