# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files to take away: content file, CSV, the yearly report."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
import yaml
from django.utils.translation import override

from knooppunt.agenda import exporting, queries, services, yearreport
from knooppunt.agenda.contentcheck import check
from knooppunt.agenda.loading import load_edition
from knooppunt.catalogue.contentfile import read_texts
from knooppunt.web import csvfile


@pytest.mark.parametrize("key", ["nl-digitaal-2019", "voorbeeldstad-2025", "voorbeeldstad-2026"])
def test_what_is_exported_is_an_edition_and_loads_as_the_same(example, key):
    edition = queries.editions().get(key=key)
    text = exporting.as_yaml(edition)
    document = read_texts([("x.yaml", text.encode())])
    check(document)
    again, written = load_edition(document, national=edition.agenda.national)
    assert written
    assert exporting.as_yaml(queries.editions().get(pk=again.pk)) == text


def test_the_export_has_the_texts_of_the_source(national, national_document):
    data = exporting.as_data(national)
    ours = {action["id"]: action for action in data["actions"]}
    for action in national_document.data["actions"]:
        exported = ours[action["id"]]
        for key in ("title", "description", "lead", "start"):
            assert exported[key] == action[key]
        assert exported.get("end") == action.get("end")
    assert data["budget"]["totals"] == national_document.data["budget"]["totals"]
    assert len(data["contradictions"]) == len(national_document.data["contradictions"])


def test_zero_is_written_and_unknown_is_not(national, person):
    amount = national.lines.get(key="B1").amounts.get(year=2019)
    services.report_money(amount, actor=person("editor", "bzk"), committed=None, spent=Decimal(0))
    line = yaml.safe_load(exporting.as_yaml(national))["budget"]["lines"][0]
    assert line["spent"] == {"2019": 0}
    assert "committed" not in line


def rows(text: str, delimiter: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


def test_csv_is_in_the_notation_of_the_reader():
    data = [["a;b,c", 2019, Decimal("1.50"), None]]
    assert rows(csvfile.as_csv(data, "nl"), ";") == [["a;b,c", "2019", "1,5", ""]]
    assert rows(csvfile.as_csv(data, "en"), ",") == [["a;b,c", "2019", "1.5", ""]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_text_is_never_a_formula(text):
    assert rows(csvfile.as_csv([[text]], "en"), ",") == [[f"'{text}"]]


def test_the_csv_of_actions_has_one_row_each(national, client):
    response = client.get("/en/agenda/nl-digitaal-2019/acties.csv")
    table = rows(response.content.decode(), ",")
    assert len(table) == 39
    assert table[4][:6] == [
        "1.1",
        "Solving problems by working with data",
        "Collect and share lessons from example projects",
        "2019",
        "",
        "planned",
    ]
    assert response["Content-Disposition"] == 'attachment; filename="nl-digitaal-2019-acties.csv"'


def test_the_csv_of_the_budget_has_one_row_per_line_and_year(national, client):
    table = rows(client.get("/nl/agenda/nl-digitaal-2019/begroting.csv").content.decode(), ";")
    assert len(table) == 1 + 8 * 3
    assert sum(int(row[3]) for row in table[1:] if row[2] == "2020") == 2575
    assert {row[4] for row in table[1:]} == {""}


@pytest.mark.parametrize(("language", "title"), [("nl", "Verslag over 2019"), ("en", "Report on 2019")])
def test_the_yearly_report_is_a_tagged_pdf_in_the_readers_language(national, client, language, title):
    response = client.get(f"/{language}/agenda/nl-digitaal-2019/verslag-2019.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-1.7")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in response.content
    for mark in (b"/StructTreeRoot", b"/Marked true", f"/Lang({language})".encode()):
        assert mark in response.content
    with override(language):
        content = yearreport.content(national, list(queries.actions(national)), 2019)
    assert content["subtitle"] == title
    assert sum(len(chapter["actions"]) for chapter in content["chapters"]) == 38


def test_the_report_over_a_later_year_has_only_what_ran_then(national):
    with override("en"):
        content = yearreport.content(national, list(queries.actions(national)), 2021)
    assert [a["number"] for c in content["chapters"] for a in c["actions"]] == ["1.1", "1.2", "3.7", "5.5"]
    assert content["money"]["total"] == ["2,600", "not reported", "not reported"]


def test_what_people_write_cannot_change_the_report(national, person):
    text = '#panic("x") = *bold* $ \\ #import "@preview/x"'
    action = national.actions.get(number="1.1")
    services.report_progress(
        action,
        actor=person("editor", "bzk"),
        status="limited",
        text={"text_nl": text},
        moment=action.reports.first().date,
        evidence={},
    )
    with override("nl"):
        actions = list(queries.actions(national))
        reports = yearreport.content(national, actions, 2019)["chapters"][1]["actions"][0]["reports"]
        assert text in [report["text"]["text"] for report in reports]
        assert yearreport.pdf(national, actions, 2019).startswith(b"%PDF")


def test_a_text_in_the_other_language_says_so_in_the_report(national, person):
    action = national.actions.get(number="1.1")
    services.report_progress(
        action,
        actor=person("editor", "bzk"),
        status="limited",
        text={"text_nl": "Alleen Nederlands."},
        moment=action.reports.first().date,
        evidence={},
    )
    with override("en"):
        content = yearreport.content(national, list(queries.actions(national)), 2019)
    texts = [report["text"] for report in content["chapters"][1]["actions"][0]["reports"]]
    assert {"text": "Alleen Nederlands.", "lang": "nl"} in texts
    assert {text["lang"] for text in texts} == {"nl", "en"}


@pytest.mark.parametrize("year", [2018, 2022, 9999])
def test_there_is_no_report_of_other_years(national, client, year):
    assert client.get(f"/nl/agenda/nl-digitaal-2019/verslag-{year}.pdf").status_code == 404
