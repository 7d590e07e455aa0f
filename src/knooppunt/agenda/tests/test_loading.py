# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Loading: nothing twice, all or nothing, and what people reported stays."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from decimal import Decimal

import pytest

from knooppunt.agenda.loading import as_date, load_edition
from knooppunt.agenda.models import Action, BudgetAmount, Edition, Owner, ProgressReport
from knooppunt.catalogue.contentfile import ContentError, Document
from knooppunt.catalogue.models import Card, OutboxLine, Tombstone


def changed(document: Document) -> Document:
    return Document(deepcopy(document.data), document.places)


def test_everything_is_loaded_and_has_a_card(national):
    assert national.actions.count() == 38
    assert Card.objects.filter(kind="action", key__startswith="nl-digitaal-2019/").count() == 38
    assert Card.objects.filter(kind="agenda", key="nl-digitaal-2019").exists()
    assert national.agenda.national
    assert sum(a.planned for a in BudgetAmount.objects.filter(year=2019)) == 2550


def test_loading_again_writes_nothing(national, national_document):
    lines = OutboxLine.objects.count()
    edition, written = load_edition(national_document, national=True)
    assert (edition, written) == (national, False)
    assert OutboxLine.objects.count() == lines


def test_an_action_that_leaves_the_file_leaves_a_tombstone(national, national_document):
    document = changed(national_document)
    document.data["actions"] = [a for a in document.data["actions"] if a["id"] != "2.6"]
    for item in [*document.data["budget"]["lines"], *document.data["contradictions"]]:
        item["actions"] = [number for number in item["actions"] if number != "2.6"]
    load_edition(document, national=True)
    assert not Action.objects.filter(edition=national, number="2.6").exists()
    assert Tombstone.objects.get(kind="action").key == "nl-digitaal-2019/2.6"
    assert not Card.objects.filter(key="nl-digitaal-2019/2.6").exists()


def test_what_people_reported_survives_a_new_version_of_the_file(national, national_document):
    action = national.actions.get(number="4.3")
    ProgressReport.objects.create(action=action, date=date(2020, 1, 1), self_status="substantial")
    effect = action.effects.get()
    effect.value, effect.value_date = Decimal(400), date(2020, 1, 1)
    effect.save()
    amount = BudgetAmount.objects.get(line__key="B1", year=2019)
    amount.spent = Decimal(120)
    amount.save()
    document = changed(national_document)
    document.data["edition"]["title"]["nl"] = "Andere titel"
    load_edition(document, national=True)
    assert [r.self_status for r in action.reports.all()] == ["substantial", "limited"]
    effect.refresh_from_db()
    amount.refresh_from_db()
    assert (effect.value, amount.spent) == (400, 120)


def test_a_link_to_nowhere_is_told_with_its_line(national, example_documents):
    document = changed(example_documents[0])
    document.data["edition"]["key"] = "voorbeeldstad-2030"
    document.data["edition"]["number"] = 9
    document.data["actions"][0]["contributes_to"] = ["nl-digitaal-2019/9.9"]
    with pytest.raises(ContentError) as caught:
        load_edition(document)
    (problem,) = caught.value.problems
    assert problem.file == "voorbeeldstad-2025.yaml"
    assert problem.line == document.places["actions", 0, "contributes_to", 0][1]
    assert not Edition.objects.filter(key="voorbeeldstad-2030").exists()


def test_a_key_of_another_agenda_is_refused(national, example_documents):
    document = changed(example_documents[0])
    document.data["edition"]["key"] = "nl-digitaal-2019"
    with pytest.raises(ContentError, match="nl-digitaal-2019"):
        load_edition(document)


def test_only_the_hubs_own_content_renames_an_owner(national, example_documents):
    document = changed(example_documents[0])
    document.data["owners"]["bzk"] = {"nl": "Iets anders", "en": "Something else"}
    load_edition(document)
    assert Owner.objects.get(slug="bzk").name_nl.startswith("Ministerie van Binnenlandse Zaken")


@pytest.mark.parametrize(("text", "day"), [("2019-02", date(2019, 2, 1)), ("2019-02-28", date(2019, 2, 28))])
def test_dates(text, day):
    assert as_date(text) == day
