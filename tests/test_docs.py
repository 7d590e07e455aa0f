# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Documentation that cannot drift."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from docs import generate

from knooppunt.conf.environment import VARIABLES

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")])


def test_the_generated_pages_are_up_to_date():
    stale = [
        str(f.relative_to(ROOT))
        for f, text in generate.pages().items()
        if not f.exists() or f.read_text() != text
    ]
    assert stale == [], "run: make docs"


def test_every_setting_that_is_read_is_documented():
    names = {variable.name for variable in VARIABLES}
    for file in (ROOT / "src").glob("**/*.py"):
        if "tests" not in file.parts:
            for name in re.findall(r'env\.read\("([A-Z_]+)"\)', file.read_text(encoding="utf-8")):
                assert name in names, f"{file.name} reads {name}"


@pytest.mark.parametrize("file", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(file):
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", file.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", target):
            assert (file.parent / target).exists(), f"{file.name} links to {target}"


@pytest.mark.parametrize("file", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_commands_and_targets_in_the_text_exist(file):
    commands = {name for name, _ in generate.walk(generate_parser())}
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = file.read_text(encoding="utf-8")
    for word in re.findall(r"`knooppunt ([a-z-]+)", text):
        assert f"knooppunt {word}" in commands, f"{file.name} names knooppunt {word}"
    for word in re.findall(r"`make ([a-z-]+)", text):
        assert word in targets, f"{file.name} names make {word}"


def generate_parser():
    from knooppunt.cli import parser

    return parser()


def test_publiccode_and_changelog_follow_the_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f"softwareVersion: {version}" in (ROOT / "publiccode.yml").read_text()
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text()


def test_every_page_is_reached_from_the_index():
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("*/*.md"):
        assert str(page.relative_to(ROOT / "docs")) in index, f"docs/index.md does not name {page.name}"


def test_no_place_of_a_machine_or_registry_in_the_lock_files():
    for file in (ROOT / "requirements").glob("*.txt"):
        assert not re.search(r"https?://|file:|^-|^--(?!hash)", file.read_text(), re.MULTILINE), file.name


def test_no_licence_that_forbids_our_own():
    for name, _ in generate.locked("hub", "postgres"):
        found = generate.licence(name)
        assert "?" not in found, f"{name} has no licence metadata: look it up and say so in licences_page"
        assert "AGPL" not in found, f"{name} is {found}"
        assert "GPL" not in found or "LGPL" in found or "EUPL" in found, f"{name} is {found}"
