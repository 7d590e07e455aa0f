# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The forms in which a result is given, and the order of the worklist."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path

import pyoxigraph as ox
import pytest
from python_calamine import CalamineWorkbook

from bronnen.check import FORMATS, Finding, Options, Score, check, mqa, quality
from bronnen.check.report import plain
from bronnen.check.worklist import WORTH, WORTH_DUTY, Worklist
from bronnen.tests.check.catalogues import WHOLE

BAD = WHOLE.replace("dct:creator e:town ;", "").replace('dct:title "Bomen"@nl', 'dct:title "=1+1"')


def written(tmp_path: Path, form: str, text: str = BAD, language: str = "nl") -> bytes:
    (source := tmp_path / "in.ttl").write_text(text, encoding="utf-8")
    with check(str(source), Options()) as result:
        FORMATS[form](result, output := BytesIO(), language)
    return output.getvalue()


def test_sarif_names_each_rule_that_it_uses(tmp_path):
    (run,) = json.loads(written(tmp_path, "sarif"))["runs"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in run["results"]} == rules == {"dcat-ap-nl.Dataset.dct:creator.min"}
    (one,) = run["results"]
    assert one["level"] == "error"
    assert one["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "https://e.org/trees"


def test_sarif_without_findings_is_still_sarif(tmp_path):
    (run,) = json.loads(written(tmp_path, "sarif", WHOLE))["runs"]
    assert run["results"] == run["tool"]["driver"]["rules"] == []


def test_dqv_has_each_indicator_and_the_score(tmp_path):
    quads = list(ox.parse(written(tmp_path, "dqv"), ox.RdfFormat.TURTLE))
    measured = {q.object.value for q in quads if q.predicate.value.endswith("isMeasurementOf")}
    assert len(measured) == len(mqa.indicators()) + 1
    assert "325" in {q.object.value for q in quads if q.predicate.value.endswith("#value")}


def test_the_workbook_takes_no_text_as_a_formula(tmp_path):
    (path := tmp_path / "out.xlsx").write_bytes(written(tmp_path, "xlsx"))
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["Eerst herstellen", "Uitgevers", "Datasets", "Bevindingen"]
    datasets = book.get_sheet_by_name("Datasets").to_python()
    assert datasets[1][:4] == ["https://e.org/trees", "=1+1", "Gemeente Voorbeeld", 325]
    assert book.get_sheet_by_name("Bevindingen").to_python()[1][2] == "dct:creator"


def test_csv_opens_in_a_dutch_spreadsheet(tmp_path):
    text = written(tmp_path, "csv").decode("utf-8-sig")
    head, row = csv.reader(StringIO(text), delimiter=";")
    assert head[0] == "regel"
    assert row[0] == "dcat-ap-nl.Dataset.dct:creator.min"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_needs_nothing_from_elsewhere_and_trusts_no_text(tmp_path, language):
    text = BAD.replace("e:trees a", "<https://e.org/a'b&c> a").replace(
        "Gemeente Voorbeeld", "<script>x</script>"
    )
    page = written(tmp_path, "html", text, language).decode()
    assert f'lang="{language}"' in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "src=" not in page
    assert "a&#x27;b&amp;c" in page


def test_every_form_says_when_nothing_was_found(tmp_path):
    assert "Niets gevonden" in written(tmp_path, "html", WHOLE).decode()
    assert "Nothing found" in written(tmp_path, "table", WHOLE, "en").decode()


def test_the_worklist_puts_first_what_is_worth_most():
    short, link = (
        quality.rules()["Dataset.description.short"],
        quality.rules()["Distribution.dcat:accessURL.link"],
    )
    points = mqa.indicators()["keywordAvailability"].rule
    worklist = Worklist()
    for number in range(3):
        dataset = f"https://e.org/{number}"
        worklist.add(Finding(short, dataset, short.path, dataset=dataset, publisher="P"))
        worklist.add(Finding(points, dataset, points.path, dataset=dataset, publisher="P", points=5))
        for part in range(2):
            worklist.add(Finding(link, f"{dataset}/{part}", link.path, dataset=dataset, publisher="P"))
        worklist.add(Score(dataset, "P", total=100, violations=2))
    causes = worklist.causes()
    assert [cause.rule for cause in causes] == [link, points, short]
    # Three datasets with a violation: 3 × 10. Three times five points. Three times advice: 3 × 1.
    assert [cause.worth for cause in causes] == [30, 15, 3]
    assert (causes[0].findings, causes[0].datasets) == (6, 3)
    assert max(WORTH.values()) < WORTH_DUTY
    (publisher,) = worklist.publishers().values()
    assert publisher.to_json() == {"datasets": 3, "mean": 100.0, "violations": 6,
                                   "first": [{"rule": points.id, "points": 15}]}  # fmt: skip


def test_the_same_refusal_is_told_once_with_how_often() -> None:
    refused = [{"source": "a.jsonl", "position": f"line {n}", "cause": "no dataset"} for n in range(1, 4)]
    refused.append({"source": "b.ttl", "position": "file", "cause": "empty"})
    assert plain.refusals(refused, plain.WORDS["nl"]) == [
        "Niet gelezen: a.jsonl, line 1 (en nog 2 keer): no dataset",
        "Niet gelezen: b.ttl, file: empty",
    ]
