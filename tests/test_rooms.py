# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A stranger finds a room by its name, and apps meet at each other's front door only."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import grimp
import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
HUB = ROOT / "src" / "knooppunt"
APPS = sorted({"people", *(name.split(".")[1] for name in settings.KINDS if name.startswith("knooppunt."))})
# What these mean stands in docs/how-to/add-a-kind.md; more pages are `views_`, more states `…states`.
COMMON = {
    *("app", "apps", "models", "states", "permissions", "policies", "services", "queries", "cards", "api"),
    *("portable", "feeds", "forms", "views", "urls", "letters", "waiting", "retention", "loading"),
    *("contentcheck", "wording", "__init__"),
}
OWN = {
    "agenda": "charts difference downloads exporting pictures yearreport",
    "challenges": "",
    "circles": "calendars digest introducing meetings membership reminding worklist",
    "datacheck": "badges causes child monthly report running",
    "editorial": "access images publishing",
    "facilities": "agreement releasing requesting",
    "helpdesk": "attaching clock desks experts expiring keys learning mailfetch mailin mailkinds mailquotes "
    "mailreading mailtext moves officer reminding suggesting",
    "initiatives": "contacting",
    "people": "accounts adapters alike demo fields memberships mergers organisationpage personal profiles "
    "roles",
    "practices": "columns comparing downloads importing moves naming presenting tables",
    "toolkit": "answering entryforms glossary imported instrumentcheck inviting markup officer "
    "outcomefile ownsets papers repeating skos teamwork",
}
MORE = re.compile(r"(views|models|api|urls)_\w+|\w+states")
# What other apps may import: the verbs, and the words of organisations and roles that models are made of.
DOORS = {"services"}
WORDS = {"knooppunt.people.roles", "knooppunt.people.fields"}


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("knooppunt", cache_dir=None)


@pytest.mark.parametrize("app", APPS)
def test_every_room_has_a_name_that_says_what_is_in_it(app):
    rooms = {file.stem for file in (HUB / app).glob("*.py")}
    unknown = {room for room in rooms - COMMON - set(OWN[app].split()) if not MORE.fullmatch(room)}
    assert unknown == set(), "give it a name of docs/how-to/add-a-kind.md, or put it in this list"
    assert set(OWN[app].split()) <= rooms


def test_the_guide_explains_every_common_name():
    guide = (ROOT / "docs" / "how-to" / "add-a-kind.md").read_text(encoding="utf-8")
    table = guide[guide.index("## Names of rooms") :]
    assert COMMON - {"__init__"} == set(re.findall(r"`([a-z]+)`(?=[^|]*\|)", table)) & COMMON


def _breaches() -> list[str]:
    """Imports of one app from another's inside."""
    found = []
    for module in sorted(graph().modules):
        own = module.split(".")[1] if "." in module else ""
        if own not in APPS or ".tests" in module or ".migrations" in module:
            continue
        for other in sorted(graph().find_modules_directly_imported_by(module)):
            parts = other.split(".")
            inside = len(parts) > 2 and parts[1] in APPS and parts[1] != own and parts[2] not in DOORS
            if inside and other not in WORDS:
                found.append(f"{module} imports {other}")
    return found


def test_apps_meet_only_through_their_services():
    assert _breaches() == []


def test_an_app_in_no_layer_would_fail():
    """The contract of layers is exhaustive: `make lint` refuses an app that is not in it."""
    contract = (ROOT / ".importlinter").read_text(encoding="utf-8")
    hub = contract[contract.index("[importlinter:contract:hub]") :]
    assert "exhaustive = True" in hub.split("[importlinter:contract:public-faces]")[0]
    layers = set(re.findall(r"\w+", hub.split("layers =")[1].split("exhaustive")[0]))
    packages = {folder.name for folder in HUB.iterdir() if (folder / "__init__.py").exists()}
    assert packages == layers
