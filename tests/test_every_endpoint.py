# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every address of the hub, with every method, role and kind of hostile input: never a crash of ours.

The addresses come from the URL configuration, so a new page is tested the day it is added.
"""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from knooppunt.catalogue import indexing, loading
from knooppunt.people.services import demo_account

KNOWN = [
    *("nl-digitaal-2019", "1.1", "bzk", "B1", "1", "2019", "gemeente-breda", "organisaties", "csv", "action"),
    *("zicht-op-ondermijning", "studenten-tegen-overlast", "agenda"),
    *("techniekkiezer", "probleem", "wie-is-verantwoordelijk", "docx", "submit"),
]
PERSONAS = ("member", "editor", "municipal-editor", "hub-editor", "connector", "administrator")
HOSTILE = [
    *(
        "0",
        "-1",
        "99999999999999999999",
        "a" * 3000,
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "[]",
        "null",
    ),
    *("../../etc/passwd", "%2e%2e%2f", "\x00", "é\u202e\u0130", "{{7*7}}", "2019-02-31"),
]
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Every route as text, with its converters still in it: `/nl/agenda/<slug:edition>`."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", str(entry.pattern)).replace("\\.", ".")
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


def addresses(route: str, chance: random.Random, number: int) -> Iterator[str]:
    """The route with its parameters filled in: sensible values, then hostile ones."""
    for _ in range(number):
        parts = route.split("<")
        filled = parts[0] + "".join(_value(chance) + part.split(">", 1)[1] for part in parts[1:])
        yield f"/{filled}"


def _value(chance: random.Random) -> str:
    """Half of the parameters exist, so that hostile forms reach real pages."""
    return chance.choice(KNOWN if chance.random() < 0.5 else HOSTILE)


@pytest.fixture
def clients(transactional_db, settings) -> dict[str, Client]:
    """A hub with its real content, and a browser per role."""
    settings.API_LIMIT = 0
    list(loading.load_all())
    indexing.ensure()
    made = {"nobody": Client(raise_request_exception=True)}
    for role in PERSONAS:
        made[role] = Client(raise_request_exception=True)
        made[role].force_login(demo_account(role, "nl"))
    return made


NAMES = (
    *("q", "next", "search", "kind", "key", "webhook_url", "username", "password", "role", "self_status"),
    *("status", "text", "date", "year", "amount", "title_nl", "title_en", "file", "value", "met", "sort"),
)


def form(chance: random.Random) -> dict[str, str]:
    return {name: chance.choice([*KNOWN, *HOSTILE]) for name in chance.sample(NAMES, 8)}


@pytest.mark.parametrize("rounds", [2, pytest.param(25, marks=pytest.mark.full)])
def test_no_request_makes_the_hub_crash(clients, rounds):
    chance = random.Random(rounds)  # noqa: S311 - the same requests every time
    answers, wrong = Counter(), []
    for route, (role, client) in itertools.product(sorted(set(patterns())), clients.items()):
        for address in addresses(route.replace("^", "").replace("$", ""), chance, rounds):
            method = chance.choice(METHODS)
            data = form(chance)
            response = getattr(client, method)(address, data if method in ("get", "head", "post") else "x=1")
            answers[response.status_code] += 1
            if response.status_code >= 500:
                wrong.append(f"{role} {method} {address[:100]}: {response.status_code}")
    assert wrong == []
    assert {200, 302, 404, 405} <= set(answers), f"the requests did not reach the pages: {answers}"


def test_every_form_needs_its_token(clients):
    """A POST without token changes nothing anywhere: 403, or not a form at all."""
    wrong = []
    for route in sorted(set(patterns())):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(demo_account("administrator", "nl"))
        for address in addresses(route, random.Random(1), 3):  # noqa: S311
            status = strict.post(address, {"a": "b"}).status_code
            if status not in (301, 302, 400, 401, 403, 404, 405, 410, 415):
                wrong.append(f"{address}: {status}")
    assert wrong == []
