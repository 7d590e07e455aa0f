# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Loading into an empty hub: what it says, what it does twice, what it leaves when it fails."""

from __future__ import annotations

import pytest

from knooppunt.agenda import services
from knooppunt.agenda.loading import load_edition
from knooppunt.agenda.models import Edition, Owner
from knooppunt.catalogue import cards, loading
from knooppunt.catalogue.models import AuditLine


def test_load_content_tells_what_it_did(db):
    assert services.load_content() == "1 editions, 38 actions; written: nl-digitaal-2019"
    assert services.load_content() == "1 editions, 38 actions; written: none"


def test_the_invented_example_is_loaded_on_request_only(db):
    assert "voorbeeldstad" not in " ".join(loading.load_all())
    assert "voorbeeldstad-2026" in " ".join(loading.load_all(["agenda-example"]))
    assert "verzonnen" in Owner.objects.get(slug="voorbeeldstad").name_nl


def test_a_card_that_cannot_be_written_leaves_nothing_behind(db, national_document, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("disk full")

    monkeypatch.setattr(cards, "write", fail)
    with pytest.raises(RuntimeError, match="disk full"):
        load_edition(national_document, national=True)
    assert not Edition.objects.exists()
    assert not Owner.objects.exists()
    assert not AuditLine.objects.exists()
