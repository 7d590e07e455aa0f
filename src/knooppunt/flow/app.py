# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an app brings to the hub, in one declaration: its `app.py` has an `APP`.

Everything that the hub does with an app follows from it: cards, API, export, personal data, duties, menu,
waiting work, and its tables of states in the documentation. What two apps both claim, or what an app forgets
to say, stops the hub at its start with a sentence on what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from ninja import Router

from knooppunt.api import face, portable, tables
from knooppunt.catalogue import loading, panels
from knooppunt.catalogue.kinds import Kind, kinds
from knooppunt.flow.table import Flow
from knooppunt.flow.waiting import Reminder, Waiting
from knooppunt.jobs import beats
from knooppunt.web import explaining, navigation

Words = Promise | str


class Export(NamedTuple):
    """A file of the export; lower `order` is loaded first. See `api.portable`."""

    order: int
    title: str
    export: Callable[[], Iterable[dict[str, Any]]]
    load: Callable[[Iterator[dict[str, Any]]], int]


class Table(NamedTuple):
    """A table to download: `rows(language)` yields the heading first."""

    label: Words
    rows: Callable[[str], Iterable[list[Any]]]


def _nothing(user: Any) -> None:
    """What goes with the account by itself needs no more."""


class Personal(NamedTuple):
    """What the app keeps of a person. `models` are labels such as "people.Profile"; `export` gives plain
    data; `release` is called before the account goes, and keeps what others rely on without its name."""

    models: tuple[str, ...]
    export: Callable[[Any], Any]
    release: Callable[[Any], None] = _nothing


class Duty(NamedTuple):
    """Something the worker does about every so many seconds; it must be idempotent and short."""

    seconds: float
    run: Callable[[], object]


class Content(NamedTuple):
    """Content that comes with the hub; loading twice changes nothing. See `catalogue.loading`."""

    load: Callable[[], str]
    on_request: bool = False


class Menu(NamedTuple):
    """An entry of the menu, or of the foot of every page."""

    view: str
    label: Words
    order: int
    foot: bool = False


class OwnPage(NamedTuple):
    """A page that is linked from the home of the accounts for which it is there."""

    view: str
    label: Words
    may: Callable[[Any], bool]


class Panel(NamedTuple):
    """A part of another page: what its template shows, or None to stay away."""

    template: str
    show: Callable[..., dict[str, Any] | None]
    order: int
    stylesheet: str = ""


@dataclass(frozen=True)
class App:
    """One app of the hub. `accounts_elsewhere` and `not_exported` say why, where an app with models of people
    has no personal data or an app with kinds no export. `also` connects what only this app has."""

    name: str
    kinds: tuple[Kind, ...] = ()
    states: tuple[Flow, ...] = ()
    api: Mapping[str, Router] = field(default_factory=dict)
    exports: Mapping[str, Export] = field(default_factory=dict)
    not_exported: str = ""
    tables: Mapping[str, Table] = field(default_factory=dict)
    personal: Mapping[str, Personal] = field(default_factory=dict)
    accounts_elsewhere: str = ""
    duties: tuple[Duty, ...] = ()
    content: Mapping[str, Content] = field(default_factory=dict)
    waiting: tuple[Waiting, ...] = ()
    reminders: Mapping[str, Reminder] = field(default_factory=dict)
    menu: tuple[Menu, ...] = ()
    own_pages: tuple[OwnPage, ...] = ()
    home: tuple[Panel, ...] = ()
    on_organisation: tuple[Panel, ...] = ()
    glossary: Callable[[str], explaining.Glossary] | None = None
    also: Callable[[], None] | None = None


_declared: dict[str, App] = {}


def declared() -> list[App]:
    """Every app of the hub, in the order in which they were declared."""
    return list(_declared.values())


def declare(app: App) -> None:
    """Take an app in, whole; ImproperlyConfigured says what it claims that another has, or forgets."""
    _refuse_doubles(app)
    _refuse_gaps(app)
    _declared[app.name] = app
    _register(app)


def _claims(app: App) -> Iterator[tuple[str, object]]:
    yield "app", app.name
    yield from (("kind", kind.name) for kind in app.kinds)
    yield from (("table of states", flow.kind) for flow in app.states)
    yield from (("API address", prefix) for prefix in app.api)
    yield from (("file of the export", name) for name in app.exports)
    yield from (("place in the export", export.order) for export in app.exports.values())
    yield from (("table", name) for name in app.tables)
    yield from (("part of the personal data", name) for name in app.personal)
    yield from (("content", name) for name in app.content)
    yield from (("menu entry", entry.view) for entry in (*app.menu, *app.own_pages))
    yield from (("panel", panel.template) for panel in (*app.home, *app.on_organisation))
    yield from (("waiting work", f"{one.rows.__module__}.{one.rows.__qualname__}") for one in app.waiting)
    yield from (("reminder", kind) for kind in app.reminders)
    yield from (("duty", f"{duty.run.__module__}.{duty.run.__qualname__}") for duty in app.duties)


def _refuse_doubles(app: App) -> None:
    taken = {claim: other.name for other in _declared.values() for claim in _claims(other)}
    for claim in _claims(app):
        what, name = claim
        if claim in taken:
            raise ImproperlyConfigured(
                f"the apps {taken[claim]} and {app.name} both declare the {what} {name!r}: rename one of them"
            )
        taken[claim] = app.name


def _refuse_gaps(app: App) -> None:
    if app.kinds and not app.exports and not app.not_exported:
        raise ImproperlyConfigured(
            f"the app {app.name} declares kinds and no export: give `exports`, or say why not in "
            "`not_exported`"
        )
    named = {label for part in app.personal.values() for label in part.models}
    forgotten = ", ".join(sorted(_with_accounts(app.name) - named))
    if forgotten and not app.accounts_elsewhere:
        raise ImproperlyConfigured(
            f"the app {app.name} keeps something of people in {forgotten}: name it in `personal`, or say why "
            "not in `accounts_elsewhere`"
        )


def _with_accounts(name: str) -> set[str]:
    """The models of an app that point at an account."""
    config = next((one for one in apps.get_app_configs() if one.label == name), None)
    return {
        model._meta.label
        for model in (config.get_models() if config else ())
        for part in (*model._meta.fields, *model._meta.many_to_many)
        if part.is_relation and part.related_model._meta.label == settings.AUTH_USER_MODEL
    }


def _register(app: App) -> None:
    """Hand each part to who works with it; the rest is read from `declared`."""
    for kind in app.kinds:
        kinds.register(kind)
    for prefix, router in app.api.items():
        face.add_router(prefix, router)
    for name, part in app.exports.items():
        portable.register(name, part.title, order=part.order, export=part.export, load=part.load)
    for name, table in app.tables.items():
        tables.register(name, *table)
    for name, content in app.content.items():
        loading.register(name, content.load, on_request=content.on_request)
    for duty in app.duties:
        beats.every(*duty)
    _register_pages(app)
    if app.also:
        app.also()


def _register_pages(app: App) -> None:
    for panel in app.home:
        panels.add(*panel)
    for entry in app.menu:
        navigation.add(entry.view, entry.label, entry.order, foot=entry.foot)
    for page in app.own_pages:
        navigation.add_personal(*page)
    if app.glossary:
        explaining.register(app.glossary)
