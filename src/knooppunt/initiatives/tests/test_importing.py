# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Importing initiatives from an export that anyone may have written: all of it, or nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knooppunt.catalogue.models import Card
from knooppunt.initiatives import api
from knooppunt.initiatives.models import Initiative
from knooppunt.initiatives.states import PUBLIC

RECORD: dict[str, Any] = {
    "slug": "iets", "organisation": "gemeente-breda", "language": "nl", "title": "Iets", "problem": "Waarom",
    "challenge": "poverty-debt", "place": "", "capacity": "", "lesson": "", "practice": "", "origins": [],
    "seeks": [], "offers": [], "state": "idea", "posted": "2026-01-01T00:00:00+00:00",
    "changed": "2026-01-01T00:00:00+00:00", "translation": {}, "source": None, "from_content": False,
}  # fmt: skip
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=300)
    | st.sampled_from(["en", "done", "data"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
changes = st.dictionaries(st.sampled_from(sorted(RECORD)), anything, max_size=4)
missing = st.sets(st.sampled_from(sorted(RECORD)), max_size=1)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes, missing)
def test_whatever_a_record_says_it_is_a_good_initiative_or_refused_with_a_reason(world, wrong, gone):
    record = {name: value for name, value in (RECORD | wrong).items() if name not in gone}
    with transaction.atomic():
        try:
            with transaction.atomic():
                assert api.load(iter([record])) == 1
        except (
            KeyError,
            ValueError,
            TypeError,
            AttributeError,
            ValidationError,
        ):  # `portable` tells the line
            assert not Initiative.objects.exists()
            assert not Card.objects.filter(kind="initiative").exists()
        else:
            made = Initiative.objects.get()
            assert made.state in PUBLIC
            assert made.language in ("nl", "en")
            assert json.loads(json.dumps(list(api.export())))[0]["slug"] == made.slug
            assert Card.objects.get(kind="initiative").key == made.slug
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("language", "de", "language"),
        ("slug", "Met spatie", "slug"),
        ("title", "", "title"),
        ("title", "x" * 201, "title"),
        ("seeks", ["money"], "seeks"),
        ("seeks", "data", "seeks"),
        ("translation", {"title": 3}, "translation"),
        ("translation", {"author": "x"}, "translation"),
        ("source", "ergens", "source"),
        ("posted", "gisteren", "gisteren"),
    ],
)
def test_what_is_wrong_is_named(world, name, value, told):
    with pytest.raises((ValueError, ValidationError)) as error:
        api.load(iter([RECORD | {name: value}]))
    assert told in str(error.value)
