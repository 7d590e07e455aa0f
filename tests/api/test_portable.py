# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Content in bulk: out, in and out again; tables for spreadsheets."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.core.management import call_command
from python_calamine import CalamineWorkbook

from knooppunt.api import portable, tables
from knooppunt.catalogue import loading
from knooppunt.catalogue.models import Card


def files(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def shown_cards():
    """Every card; subjects have no order of their own, so the lines of its text are compared as a set."""
    return {(c.kind, c.key, c.url, c.title_nl, frozenset(c.text_nl.splitlines())) for c in Card.objects.all()}


@pytest.mark.django_db(transaction=True)
def test_out_in_and_out_again_is_the_same(tmp_path):
    list(loading.load_all())
    loaded = list(loading.load_all(["agenda-example"]))
    assert loaded
    counted = portable.export(tmp_path / "one")
    cards = shown_cards()
    call_command("flush", verbosity=0, interactive=False)
    assert not Card.objects.exists()
    assert portable.load(tmp_path / "one") == counted
    assert portable.export(tmp_path / "two") == counted
    for name in (f"{part}.ndjson" for part in counted):
        content = files(tmp_path / "one")[name]
        for one, two in zip(content.splitlines(), files(tmp_path / "two")[name].splitlines(), strict=True):
            assert json.loads(one) == json.loads(two), name
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert shown_cards() == cards
    assert portable.load(tmp_path / "two") == counted, "a second import into a full hub"


def test_an_export_names_no_person(tmp_path, client):
    portable.export(tmp_path)
    text = b"".join(files(tmp_path).values()).decode()
    assert "@" not in text.replace("@context", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "told"),
    [
        *(("{", "line 2"), ("[1]", "one JSON object"), ("{}", "'slug'")),
        *(('{"slug": "x"}', "'kind'"),),
    ],
)
def test_a_damaged_file_is_told_with_its_line_and_nothing_is_kept(tmp_path, line, told):
    list(loading.load_all(["organisations"]))
    portable.export(tmp_path)
    file = tmp_path / "organisations.ndjson"
    first = file.read_text(encoding="utf-8").splitlines()[0]
    changed = json.loads(first) | {"place": "Elders"}
    file.write_text(json.dumps(changed) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"organisations\.ndjson, line 2") as error:
        portable.load(tmp_path)
    assert told in str(error.value)
    assert not Card.objects.filter(kind="organisation", place="Elders").exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 99}'])
def test_a_folder_that_is_no_export_says_so(tmp_path, text):
    if text:
        (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"datapackage\.json"):
        portable.load(tmp_path)


def test_a_folder_with_something_else_is_left_alone(tmp_path, client):
    (tmp_path / "thesis.docx").write_text("x", encoding="utf-8")
    with pytest.raises(ValueError, match=r"thesis\.docx"):
        portable.export(tmp_path)
    assert [f.name for f in tmp_path.iterdir()] == ["thesis.docx"]


def test_the_same_in_bulk_over_the_web(client, tmp_path):
    portable.export(tmp_path)
    for name, _part in portable.parts():
        response = client.get(f"/nl/data/{name}.ndjson")
        assert b"".join(response.streaming_content) == (tmp_path / f"{name}.ndjson").read_bytes()
    assert client.get("/nl/data/none.ndjson").status_code == 404


def test_every_table_as_csv_and_as_workbook_holds_the_same(client):
    for name, table in tables.all_tables():
        expected = list(table.rows("nl"))
        text = client.get(f"/nl/data/{name}.csv").content.decode("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(text), delimiter=";"))) == len(expected)
        book = client.get(f"/nl/data/{name}.xlsx")
        assert book["Content-Type"] == tables.CONTENT_TYPE
        rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
        assert rows[0] == [str(cell) for cell in expected[0]]
        assert len(rows) == len(expected)


def test_a_workbook_runs_nothing():
    rows = [["a"], ["=1+1"], ["http://example.org"], [None], [1.5]]
    book = CalamineWorkbook.from_filelike(io.BytesIO(tables.as_xlsx(rows, "x" * 50)))
    cells = [row[0] for row in book.get_sheet_by_index(0).to_python()]
    assert cells[:3] == ["a", "=1+1", "http://example.org"]
    assert book.sheet_names == ["x" * 31]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_data_page_leads_to_all_of_it(client, language):
    page = client.get(f"/{language}/data").content.decode()
    for name, _table in tables.all_tables():
        assert f"/{language}/data/{name}.xlsx" in page
    for name, _part in portable.parts():
        assert f"/{language}/data/{name}.ndjson" in page
