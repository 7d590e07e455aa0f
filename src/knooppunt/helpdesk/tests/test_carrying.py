# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Desks and what was learned go to another hub and back unchanged; questions and teams stay."""

from __future__ import annotations

import pytest
from django.utils import timezone

from knooppunt.api import portable
from knooppunt.helpdesk.models import Desk, Helped

PARTS = ("desks", "helped")


def exported() -> dict[str, list[str]]:
    return {name: list(portable.lines(name)) for name in PARTS}


def test_out_in_and_out_again_is_the_same(desk, question, tmp_path):
    day = timezone.localdate()
    made = Desk.objects.create(
        slug="sensoren", title="Sensoren", about="Meten", language="nl", theme="privacy", starts=day, ends=day
    )
    Desk.objects.create(slug="altijd", title="Altijd", about="Alles", language="nl", starts=day)
    made.team.set([desk.member])
    Helped.objects.create(kind="faq", key="x", count=3, accepted=2)
    before = exported()
    assert "member" not in str(before)
    assert question.email not in str(before)
    portable.export(tmp_path / "out")
    Desk.objects.all().delete()
    Helped.objects.all().delete()
    counted = portable.load(tmp_path / "out")
    assert {name: counted[name] for name in PARTS} == {"desks": 2, "helped": 1}
    assert exported() == before


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        ("desks", '{"slug": "x"}'), ("helped", '{"kind": "faq", "key": "x", "count": -1, "accepted": 0}'),
        (
            "desks",
            '{"slug": "x", "title": "x", "about": "x", "language": "nl", "theme": "niets", '
            '"starts": "2026-01-01", "ends": null}',
        ),
    ],
)  # fmt: skip
def test_a_wrong_record_is_named_with_its_line(db, tmp_path, part, wrong):
    portable.export(tmp_path / "out")
    (tmp_path / "out" / f"{part}.ndjson").write_text(wrong + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=rf"{part}\.ndjson, line 1"):
        portable.load(tmp_path / "out")
    assert not Desk.objects.exists()
    assert not Helped.objects.exists()
