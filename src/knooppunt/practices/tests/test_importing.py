# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of practices: each row whole or refused, whatever wrote the file."""

from __future__ import annotations

import zipfile
from datetime import date

import pytest
import xlsxwriter
from django.utils.translation import override

from knooppunt.catalogue.contentfile import Document
from knooppunt.catalogue.models import AuditLine, Card
from knooppunt.practices import importing
from knooppunt.practices.columns import COLUMNS
from knooppunt.practices.contentcheck import check
from knooppunt.practices.models import Practice, Version
from knooppunt.practices.states import State

HEADER = "titel;samenvatting;organisatie;opgaven"
GOOD = "Eerste;Eén zin;Gemeente Breda;Armoede en schulden"


def table(tmp_path, *lines: str, name: str = "a.csv", encoding: str = "utf-8"):
    file = tmp_path / name
    file.write_bytes("\r\n".join(lines).encode(encoding))
    return file


def run(file):
    with override("nl"):
        return importing.import_file(file).as_json()


def causes(file) -> dict[int, str]:
    return {line["row"]: line["cause"] for line in run(file)["refused"]}


def test_a_good_row_is_a_draft_of_its_organisation(world, tmp_path):
    columns = [c.en for c in COLUMNS]
    values = {
        "title": "First", "summary": "One sentence", "organisation": "municipality of breda",
        "challenges": "skills; Poverty and debts", "language": "en", "stage": "Tried out",
        "partners": "Gouda", "place": "Breda", "problem": "A; problem", "data": "One; Two",
        "origin": "sensors, survey", "failed": "The rain", "for starters": "Partly",
        "why or why not": "Because", "link": "https://example.invalid/a",
    }  # fmt: skip
    row = ['"' + values.get(name, "") + '"' for name in columns]
    assert run(table(tmp_path, ",".join(columns), ",".join(row))) == {"kept": 1, "refused": []}
    version = Version.objects.select_related("practice").get()
    assert (version.state, version.practice.organisation) == (State.DRAFT, "gemeente-breda")
    content = version.content
    check(Document(version.document()))
    assert content["challenges"] == ["skills", "poverty-debt"]
    assert content["data"] == [
        {"name": {"en": "One"}, "origin": ["sensors", "survey"]},
        {"name": {"en": "Two"}, "origin": ["sensors", "survey"]},
    ]
    assert content["organisations"] == {"lead": ["gemeente-breda"], "partners": ["gemeente-gouda"]}
    assert content["starter"] == {"fit": "partly", "why": {"en": "Because"}}
    assert content["not_reported"] == [
        *("approach", "legal_ground", "capacity", "cost", "result", "evidence", "again", "reuse")
    ]
    assert not Card.objects.filter(kind="practice").exists()
    assert AuditLine.objects.filter(action="import practice").count() == 1


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        (";Eén zin;Gemeente Breda;skills", "'titel' is leeg."),
        ("A;;Gemeente Breda;skills", "'samenvatting' is leeg."),
        ("A;B;Gemeente Bredaa;skills", "De hub kent 'Gemeente Bredaa' niet. Bedoelt u 'Gemeente Breda'?"),
        ("A;B;Atlantis;skills", "De hub kent 'Atlantis' niet."),
        ("A;B;Breda;skils", "Er is geen opgave 'skils'. Bedoelt u: skills?"),
        (f"{'x' * 401};B;Breda;skills", "'titel' heeft 401 tekens; er passen er hoogstens 400."),
        ("A;B;Breda;skills;te;veel", "Er zijn meer cellen dan kolommen"),
        (GOOD, "Deze organisatie heeft al een voorbeeld met deze titel."),
    ],
)
def test_each_refusal_has_its_row_and_its_cause(world, tmp_path, row, cause):
    outcome = run(table(tmp_path, HEADER, GOOD, "", row, "Tweede;Zin;Breda;skills"))
    assert outcome["kept"] == 2
    assert [line["row"] for line in outcome["refused"]] == [4]
    assert outcome["refused"][0]["cause"].startswith(cause)


@pytest.mark.parametrize(
    ("column", "value", "cause"),
    [
        ("fase", "klaar", "'klaar' is geen keuze voor 'fase'. Kies uit: "),
        ("taal", "de", "'de' is geen keuze voor 'taal'. Kies uit: en, nl."),
        ("voor starters", "misschien", "'misschien' is geen keuze voor 'voor starters'."),
        ("herkomst", "sensoren", "'herkomst' is ingevuld en 'gegevens' is leeg"),
        ("waarom wel of niet", "Zomaar", "'waarom wel of niet' is ingevuld"),
        ("link", "javascript:alert(1)", "'link' is geen adres"),
        ("link", "https://a b", "'link' is geen adres"),
        ("partners", "Breda; Nergens", "De hub kent 'Nergens' niet."),
        ("gegevens", ";".join(f"g{n}" for n in range(51)), "'gegevens' heeft te veel"),
        ("probleem", "x" * 8001, "'probleem' heeft 8001 tekens"),
    ],
)
def test_a_choice_that_is_none_and_a_half_filled_pair(world, tmp_path, column, value, cause):
    found = causes(table(tmp_path, f'{HEADER};"{column}"', f'{GOOD};"{value}"'))
    assert found[2].startswith(cause)
    assert not Practice.objects.exists()


def test_causes_name_the_columns_in_the_language_that_is_asked(world, tmp_path):
    with override("en"):
        (refused,) = importing.import_file(table(tmp_path, HEADER, ";b;Breda;skills")).refused
    assert refused == {"row": 2, "cause": "'title' is empty."}


def test_a_second_run_adds_nothing(world, tmp_path):
    file = table(tmp_path, HEADER, GOOD)
    assert run(file)["kept"] == 1
    assert run(file)["kept"] == 0
    assert Practice.objects.count() == 1


def test_two_with_one_address_get_two(world, tmp_path):
    run(table(tmp_path, HEADER, GOOD, GOOD.replace("Breda", "Gouda"), "werk;x;Breda;skills"))
    assert set(Practice.objects.values_list("slug", flat=True)) == {"eerste", "eerste-2", "werk-2"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_whatever_a_spreadsheet_writes_as_csv(world, tmp_path, encoding, delimiter):
    lines = [line.replace(";", delimiter) for line in (HEADER, GOOD)]
    assert run(table(tmp_path, *lines, encoding=encoding))["kept"] == 1
    assert Version.objects.get().content["summary"]["nl"] == "Eén zin"


def test_text_stays_text(world, tmp_path):
    run(table(tmp_path, HEADER, '"=HYPERLINK(""x"")";<script>alert(1)</script>;Breda;skills'))
    content = Version.objects.get().content
    assert content["title"]["nl"] == '=HYPERLINK("x")'
    assert content["summary"]["nl"] == "<script>alert(1)</script>"


def test_a_workbook_with_numbers_dates_and_gaps(world, tmp_path):
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(
            0, 0, ["Titel", "Samenvatting", " organisatie ", "opgaven", "", "kosten", "resultaat"]
        )
        sheet.write_row(1, 0, [2019, "Zin", "Breda", "skills", "", 12.5])
        sheet.write_datetime(1, 6, date(2026, 3, 1), book.add_format({"num_format": "d-m-yyyy"}))
        sheet.write_row(3, 0, ["A", "", "Breda", "skills"])
    outcome = run(file)
    assert outcome == {"kept": 1, "refused": [{"row": 4, "cause": "'samenvatting' is leeg."}]}
    content = Version.objects.get().content
    assert content["title"] == {"nl": "2019"}
    assert content["cost"] == {"nl": "12.5"}
    assert content["result"] == {"nl": "2026-03-01"}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["titel;samenvating"], "Er is geen kolom 'samenvating'. Bedoelde u 'samenvatting'?"),
        (["titel;samenvatting"], "Deze kolommen ontbreken: organisatie, opgaven."),
        ([""], "Deze kolommen ontbreken"),
    ],
)
def test_a_file_without_the_right_header_is_told_so(world, tmp_path, lines, told):
    with override("nl"), pytest.raises(ValueError, match=told.replace("?", r"\?")):
        importing.import_file(table(tmp_path, *lines, "x;y"))


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.ods", b"x", "eindigt op"),
        ("a.xlsx", b"titel;x", "geen .xlsx"),
        ("a.csv", b"\x00\x01\x02\xff", "kolom"),
    ],
)
def test_what_is_no_table_is_told_so(world, tmp_path, name, data, told):
    file = tmp_path / name
    file.write_bytes(data)
    with override("nl"), pytest.raises(ValueError, match=told):
        importing.import_file(file)


def test_a_workbook_that_unpacks_without_end_is_not_unpacked(world, tmp_path, monkeypatch):
    monkeypatch.setattr(importing.tables, "MOST_UNPACKED", 10_000)
    file = tmp_path / "a.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 20_000)
    with override("nl"), pytest.raises(ValueError, match="te groot"):
        importing.import_file(file)


def test_a_cell_beyond_all_measure_is_one_refused_row(world, tmp_path):
    long = "x" * (importing.tables.MOST_CELL + 1)
    outcome = run(table(tmp_path, HEADER, f'"{long}";b;Breda;skills', GOOD))
    assert outcome["kept"] == 1
    assert outcome["refused"][0]["row"] == 2


def test_many_rows_in_few_queries(world, tmp_path, django_assert_max_num_queries):
    rows = [f"Titel {n};Zin;Breda;skills" for n in range(1200)]
    file = table(tmp_path, HEADER, *rows)
    with django_assert_max_num_queries(60):
        assert run(file)["kept"] == 1200
    assert Version.objects.count() == 1200


def test_a_batch_that_fails_leaves_whole_batches(world, tmp_path, monkeypatch):
    """The audit line is written last: when it fails, nothing of its batch stands."""
    audit, calls = importing.audit_many, []

    def second_fails(*arguments, **more):
        calls.append(arguments)
        if len(calls) == 2:
            raise RuntimeError
        audit(*arguments, **more)

    monkeypatch.setattr(importing, "audit_many", second_fails)
    rows = [f"Titel {n};Zin;Breda;skills" for n in range(600)]
    with pytest.raises(RuntimeError):
        run(table(tmp_path, HEADER, *rows))
    assert Practice.objects.count() == Version.objects.count() == importing.BATCH
