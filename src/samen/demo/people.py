# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Invented people with arrears at three holders. The same person can be at all three."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

NEIGHBOURHOODS = {
    "Centrum": (3200, 0.09),
    "Havenkwartier": (2100, 0.17),
    "Noord": (4100, 0.12),
    "Oosterpark": (2600, 0.06),
    "De Wielen": (1900, 0.21),
    "Zuidrand": (1500, 0.04),
    "Vogelbuurt": (1200, 0.14),
    "Het Eiland": (60, 0.10),
}
"""Inhabitants, and the share with arrears."""
HOLDERS = {"insurer": (0.55, 900), "energy": (0.45, 600), "housing": (0.35, 1500)}
"""Chance that somebody with arrears has them here, and the median amount."""


def write_files(folder: Path, seed: int = 2019) -> list[tuple[str, str]]:
    """A file per holder; (holder, path) as ``--data`` takes them."""
    rng = np.random.default_rng(seed)
    rows: dict[str, list[list[str]]] = {holder: [] for holder in HOLDERS}
    number = 0
    for neighbourhood, (inhabitants, share) in NEIGHBOURHOODS.items():
        for _ in range(int(rng.binomial(inhabitants, share))):
            number += 1
            age = int(np.clip(rng.gamma(6, 7.5), 18, 100))
            for holder, (chance, median) in HOLDERS.items():
                if rng.random() < chance:
                    amount = min(24_000.0, float(rng.lognormal(np.log(median), 0.8)))
                    rows[holder].append([f"P{number:06d}", neighbourhood, str(age), f"{amount:.2f}"])
    files = []
    for holder, own in rows.items():
        path = folder / f"{holder}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["person", "neighbourhood", "age", "amount"])
            writer.writerows(own[place] for place in rng.permutation(len(own)))
        files.append((holder, str(path)))
    return files
