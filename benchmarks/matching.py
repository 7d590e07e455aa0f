# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Do practices find those on the same kind of problem? Our matching beside plain BM25, on judged pairs.

`python -m benchmarks.matching` prints a table; `knooppunt evaluate matching` does the same on files of anyone.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import yaml

from bronnen import evaluate

HERE = Path(__file__).parent
CONTENT = HERE.parent / "src" / "knooppunt" / "practices" / "content"
FIELDS = ("summary", "problem", "approach", "result")


def main() -> None:
    figures = measure()
    print(f"{figures['n']} practices ask, of {figures['documents']}; ceiling {figures['ceiling']}")
    print("| method | precision@5 | hit@5 | MRR |\n|---|--:|--:|--:|")
    for name in ("ours", "bm25"):
        print(f"| {name} | " + " | ".join(f"{value:.3f}" for value in figures[name].values()) + " |")


def measure() -> dict[str, Any]:
    """Figures on the Dutch texts of our own practices."""
    related = yaml.safe_load((HERE / "related-practices.yaml").read_text(encoding="utf-8"))["related"]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for path in sorted(CONTENT.glob("*.yaml")):
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
            texts = [content[field]["nl"] for field in FIELDS if field in content]
            row = {
                "id": path.stem,
                "title": content["title"]["nl"],
                "text": "\n".join(texts),
                "related": related.get(path.stem, []),
                "lang": "nl",
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        file.flush()
        return evaluate.matching(Path(file.name))


if __name__ == "__main__":
    main()
