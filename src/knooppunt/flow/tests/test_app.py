# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""One declaration per app: what two claim or one forgets stops the hub at its start."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.apps import AppConfig, apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from knooppunt.flow import app as declaring
from knooppunt.flow.app import App, Content, Duty, Export, Menu, Panel, Personal, Table, declare, declared
from knooppunt.flow.apps import FlowConfig, HubApp


def _of(part: str) -> App:
    """A declared app that has this part."""
    return next(app for app in declared() if getattr(app, part))


NEW = App(name="new")
PARTS = ("kinds", "states", "api", "exports", "tables", "personal", "content", "menu", "own_pages", "home",
         "on_organisation", "duties", "waiting", "reminders")  # fmt: skip


@pytest.fixture(autouse=True)
def undone(monkeypatch):
    """What a test declares is gone after it, and reaches nobody."""
    monkeypatch.setattr(declaring, "_declared", dict(declaring._declared))
    monkeypatch.setattr(declaring, "_register", lambda app: None)


@pytest.mark.parametrize("part", PARTS)
def test_what_two_apps_claim_is_refused_with_both_names(part):
    other = _of(part)
    with pytest.raises(ImproperlyConfigured, match=f"the apps {other.name} and new both declare the"):
        declare(replace(NEW, **{part: getattr(other, part)}, not_exported="a test"))
    assert "new" not in [app.name for app in declared()]


def test_an_app_that_claims_the_same_twice_is_refused():
    same = Menu("new:page", "New", 1)
    with pytest.raises(ImproperlyConfigured, match="the apps new and new both declare the menu entry"):
        declare(replace(NEW, menu=(same, same)))


def test_two_files_of_the_export_have_no_place_in_common():
    with pytest.raises(ImproperlyConfigured, match="place in the export"):
        declare(replace(NEW, exports={"new": Export(20, "New", list, len)}))


def test_an_app_is_declared_once():
    with pytest.raises(ImproperlyConfigured, match="declare the app"):
        declare(App(name="agenda"))


def test_kinds_without_an_export_are_a_gap():
    kind = replace(_of("kinds").kinds[0], name="new")
    with pytest.raises(ImproperlyConfigured, match="no export"):
        declare(replace(NEW, kinds=(kind,)))
    declare(replace(NEW, kinds=(kind,), not_exported="it is a test"))


def test_what_is_kept_of_people_and_not_told_is_a_gap(monkeypatch):
    app = next(app for app in declared() if app.name == "practices")
    monkeypatch.delitem(declaring._declared, "practices")
    with pytest.raises(ImproperlyConfigured, match=r"practices\.Comment, practices\.Contact"):
        declare(replace(app, personal={}))
    part = app.personal["practices"]
    less = Personal(tuple(m for m in part.models if m != "practices.Step"), part.export)
    with pytest.raises(ImproperlyConfigured, match=r"in practices\.Step:"):
        declare(replace(app, personal={"practices": less}))
    declare(app)


def test_an_app_of_the_hub_that_declares_nothing_is_a_gap(monkeypatch):
    class Silent(AppConfig):
        name = "knooppunt.silent"

    silent = SimpleNamespace(name="knooppunt.silent")
    monkeypatch.setattr(apps, "get_app_configs", lambda: [silent])
    monkeypatch.setattr(settings, "KINDS", ["knooppunt.silent"])
    with pytest.raises(ImproperlyConfigured, match=r"knooppunt\.silent declares nothing"):
        FlowConfig.ready(SimpleNamespace())


def test_every_app_of_the_hub_declares_itself():
    ours = [config for config in apps.get_app_configs() if isinstance(config, HubApp)]
    assert [config.label for config in ours] == [app.name for app in declared()]


def test_what_is_declared_is_handed_on(monkeypatch):
    seen = []
    monkeypatch.undo()
    monkeypatch.setattr(declaring, "_declared", dict(declaring._declared))
    monkeypatch.setattr(declaring.beats, "every", lambda *duty: seen.append(duty))
    monkeypatch.setattr(declaring.navigation, "add", lambda *entry, foot: seen.append((*entry, foot)))
    monkeypatch.setattr(declaring.tables, "register", lambda *table: seen.append(table))
    monkeypatch.setattr(declaring.panels, "add", lambda *panel: seen.append(panel))
    monkeypatch.setattr(declaring.loading, "register", lambda *content, **how: seen.append((*content, how)))
    new = replace(
        NEW,
        duties=(Duty(60, len),),
        menu=(Menu("new:x", "X", 3, foot=True),),
        tables={"x": Table("X", list)},
        home=(Panel("x.html", dict, 4),),
        content={"x": Content(str, on_request=True)},
        also=lambda: seen.append("also"),
    )
    declare(new)
    assert seen == [
        ("x", "X", list), ("x", str, {"on_request": True}), (60, len), ("x.html", dict, 4, ""),
        ("new:x", "X", 3, True), "also",
    ]  # fmt: skip
