# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Question sets of others as instruments: asked as their makers wrote them, with their outcomes."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from knooppunt.catalogue.contentfile import ContentError
from knooppunt.catalogue.models import AuditLine, Card
from knooppunt.questionsets import expressions
from knooppunt.toolkit import answering, imported, loading, portable, services, teamwork
from knooppunt.toolkit.models import Form, Instrument
from knooppunt.toolkit.ownsets import read_sets
from knooppunt.toolkit.tests.conftest import BREDA
from knooppunt.web.forms import NotNowError

FORM = """name: Vooraf
version: "2.0"
description: "Een <b>korte</b> blik vooraf.<br>In twee stappen."
tasks:
- task: Gegevens
  id: "1"
  type: [task_group]
  repeatable: false
  tasks:
  - task: Gebruikt u gegevens over mensen?
    id: "1.1"
    type: [radio_option]
    options: [{value: true, label: Ja}, {value: false, label: Nee}]
  - task: Welke soorten?
    id: "1.2"
    type: [checkbox_option]
    options: [{value: Adres}, {value: Inkomen}, {value: 'Soort: Overig'}]
    calculation: {scoreKey: soorten, expression: "answers('1.2') | count", riskScore: [
      {when: "soorten < 2", value: 0}, {when: "soorten >= 2", value: 2}]}
    dependencies:
    - {type: conditional, condition: {id: "1.1", operator: equals, value: true}, action: show}
  - task: Welke dan?
    id: "1.3"
    type: [open_text]
    dependencies:
    - {type: conditional, condition: {id: "1.2", operator: contains, value: "'Soort: Overig'"}, action: show}
  - {task: "Niets te melden?", id: "1.4", type: [text_input], dependencies: [
      {type: conditional, condition: {id: "1.1", operator: equals, value: true}, action: hide}]}
- task: Verwerkingen
  id: "2"
  type: [task_group]
  tasks:
  - task: Verwerking
    id: "2.1"
    type: [task_group]
    repeatable: true
    tasks:
    - {task: Naam, id: "2.1.1", type: [text_input]}
    - {task: "Nieuw?", id: "2.1.2", type: [radio_option], options: [{value: true, label: Ja}, {value: false}]}
    - {task: "Waarom?", id: "2.1.3", type: [open_text], dependencies: [
        {type: conditional, condition: {id: "2.1.2", operator: equals, value: true}, action: show}]}
- task: Termijnen
  id: "3"
  type: [task_group]
  tasks:
  - task: Per verwerking
    id: "3.1"
    type: [task_group]
    repeatable: true
    dependencies:
    - {type: instance_mapping, source: {id: "2.1.1"}, mapping_type: one_to_one, action: sync_instances}
    tasks:
    - {task: "Hoe lang?", id: "3.1.1", type: [text_input]}
  - task: Welke zijn het zwaarst?
    id: "3.2"
    type: [checkbox_option]
    dependencies: [{type: source_options, condition: {id: "2.1.1", operator: any}, action: options}]
  - {task: Foto, id: "3.3", type: [image]}
assessments:
- id: DPIA
  levels:
  - level: required
    expression: "criteria.mensen && criteria.veel"
    result: DPIA verplicht
    criteria:
    - {id: mensen, expression: "bool(answers('1.1'))", explanation: het gaat over mensen}
    - {id: veel, expression: "(scores.soorten || 0) + (answers('9') ? 5 : 0) > 1", explanation: veel}
  - {level: recommended, expression: "bool(answers('1.1'))", result: DPIA aanbevolen}
"""
SIGN = """systemcard_path: .assessments[]
urn: urn:nl:x
name: Verklaring
language: nl
tasks:
- {question: "Klopt dit?", urn: "urn:nl:x:1", type: [statement], labels: [{key: topic, value: Slot}]}
- {question: Teken hier, urn: "urn:nl:x:2", type: [sign_task]}
- {question: Het bewijs, urn: "urn:nl:x:3", type: [upload_document]}
"""


def keep(folder: Path, text: str, name: str = "vooraf.yaml"):
    (folder / name).parent.mkdir(exist_ok=True, parents=True)
    (folder / name).write_text(text, encoding="utf-8")
    return services.keep_sets(read_sets(folder))


@pytest.fixture
def vooraf(world, tmp_path) -> Form:
    keep(tmp_path, FORM)
    return teamwork.begin_form(Instrument.objects.get(slug="vooraf"), BREDA, "Proef", actor=world.writer)


def asked(form: Form) -> list[str]:
    return [
        q["id"]
        for q in answering.questions(form.content)
        if q["id"] in answering.visible(form.content, form.answers)
    ]


def test_a_set_is_offered_once_and_a_changed_one_needs_a_higher_version(world, tmp_path):
    assert keep(tmp_path, FORM) == [("vooraf", "2.0", True)]
    assert keep(tmp_path, FORM) == [("vooraf", "2.0", False)]
    assert (
        Card.objects.get(kind="instrument", key="vooraf").summary_nl
        == "Een korte blik vooraf.\nIn twee stappen."
    )
    changed = FORM.replace("Welke dan?", "Wat dan?")
    with override("en"), pytest.raises(ContentError) as error:
        keep(tmp_path, changed)
    assert str(error.value) == (
        "vooraf.yaml:1: Version 2.0 stands here with other words. Give the changed file a higher version."
    )
    assert keep(tmp_path, changed.replace('"2.0"', '"2.1"')) == [("vooraf", "2.1", True)]


def test_a_set_without_a_version_is_numbered(world, tmp_path):
    assert keep(tmp_path, SIGN) == [("verklaring", "1", True)]
    assert keep(tmp_path, SIGN.replace("Klopt dit?", "Klopt het?")) == [("verklaring", "2", True)]
    assert keep(tmp_path, SIGN) == [("verklaring", "1", False)]


def test_an_instrument_of_the_hub_is_never_overwritten(world, tmp_path):
    services.load_instruments()
    assert keep(tmp_path, FORM.replace("name: Vooraf", "name: Techniekkiezer")) == [
        ("techniekkiezer-2", "2.0", True)
    ]


def test_measures_of_a_folder_are_one_instrument(world, tmp_path):
    for n in "12":
        text = f"systemcard_path: .x[]\nurn: urn:nl:m-{n}\nname: Doe {n}\nlanguage: nl\n"
        (tmp_path / "measures").mkdir(exist_ok=True)
        (tmp_path / "measures" / f"{n}.yaml").write_text(text, encoding="utf-8")
    assert services.keep_sets(read_sets(tmp_path)) == [("measures", "1", True)]
    content = Instrument.objects.get().current.content
    assert [q["kind"] for q in answering.questions(content)] == ["confirm", "confirm"]


def test_questions_appear_only_when_their_condition_holds(vooraf, world):
    assert asked(vooraf) == ["1.1", "1.4", "2.1.1~1", "2.1.2~1", "3.3"]
    form = teamwork.answer(vooraf, {"1.1": "true"}, actor=world.writer)
    assert asked(form) == ["1.1", "1.2", "2.1.1~1", "2.1.2~1", "3.3"]
    form = teamwork.answer(form, {"1.2": ["Soort: Overig"]}, actor=world.writer)
    assert "1.3" in asked(form)


def test_outcomes_follow_from_scores_and_say_why(vooraf, world):
    assert answering.outcomes(vooraf.content, {"1.1": "false"}) == []
    few = answering.outcomes(vooraf.content, {"1.1": "true", "1.2": ["Adres"]})
    assert [o["text"]["nl"] for o in few] == ["DPIA aanbevolen"]
    many = answering.outcomes(vooraf.content, {"1.1": "true", "1.2": ["Adres", "Inkomen"]})
    assert [o["text"]["nl"] for o in many] == ["DPIA verplicht"]
    assert [text["nl"] for text in many[0]["because"]] == ["het gaat over mensen", "veel"]
    # What is chosen counts only while the question is asked.
    assert answering.outcomes(vooraf.content, {"1.1": "false", "1.2": ["Adres", "Inkomen"]}) == []


def test_what_repeats_is_asked_again_and_followed(vooraf, world):
    form = teamwork.repeat(vooraf, "#2.1", True, actor=world.writer)
    form = teamwork.answer(
        form, {"2.1.1~1": "Innen", "2.1.1~2": "Helpen", "2.1.2~2": "true"}, actor=world.writer
    )
    assert "2.1.3~2" in asked(form)
    assert "2.1.3~1" not in asked(form)
    last = form.content["sections"][-1]["questions"]
    assert [(q["id"], q.get("part", {}).get("nl")) for q in last] == [
        ("3.1.1~1", "Per verwerking: Innen"), ("3.1.1~2", "Per verwerking: Helpen"),
        ("3.2", None), ("3.3", None),
    ]  # fmt: skip
    assert [o["label"]["nl"] for o in last[2]["options"]] == ["Innen", "Helpen"]
    form = teamwork.answer(form, {"3.2": ["2.1.1~2"], "3.1.1~2": "Een jaar"}, actor=world.writer)
    form = teamwork.repeat(form, "#2.1", False, actor=world.writer)
    assert "2.1.1~2" not in form.answers
    assert [q["id"] for q in form.content["sections"][-1]["questions"]] == ["3.1.1~1", "3.2", "3.3"]


def test_a_set_that_is_no_longer_offered_keeps_its_forms_and_comes_back(client, vooraf, world, tmp_path):
    instrument = vooraf.version.instrument
    page, stop = instrument.get_absolute_url(), reverse("toolkit:stop-offering", args=["vooraf"])
    client.force_login(world.writer)
    assert "Niet meer aanbieden" not in client.get(page).content.decode()
    assert client.post(stop).status_code == 403
    client.force_login(world.hub)
    assert "Niet meer aanbieden" in client.get(page).content.decode()
    client.post(stop)
    assert not Card.objects.filter(kind="instrument", key="vooraf").exists()
    assert AuditLine.objects.filter(action="stop offering", actor=world.hub).count() == 1
    assert "wordt niet meer aangeboden" in client.get(page).content.decode()
    client.force_login(world.writer)
    assert client.get(reverse("toolkit:form", args=[vooraf.pk])).status_code == 200
    with pytest.raises(NotNowError):
        teamwork.begin_form(Instrument.objects.get(slug="vooraf"), BREDA, "Nog een", actor=world.writer)
    (record,) = [r for r in portable.export_instruments() if r["slug"] == "vooraf"]
    assert record["offered"] is False
    assert keep(tmp_path, FORM) == [("vooraf", "2.0", True)]
    assert Card.objects.filter(kind="instrument", key="vooraf").exists()
    portable.load_instruments(iter([record]))
    assert not Instrument.objects.get(slug="vooraf").offered


def test_an_instrument_of_the_hub_stays_offered(world):
    loading.load_instruments()
    with pytest.raises(NotNowError, match="stappenplan"), override("nl"):
        imported.stop_offering(Instrument.objects.get(slug="techniekkiezer"), actor=world.hub)


@pytest.mark.parametrize("answers", [{"9": "x"}, {"2.1.1~2": "x"}, {"3.2": ["2.1.1~1"]}])
def test_an_answer_to_what_is_not_there_is_refused(vooraf, world, answers):
    with pytest.raises(ValueError, match=next(iter(answers))):
        teamwork.answer(vooraf, answers, actor=world.writer)


def test_pages_ask_without_script(client, vooraf, world):
    client.force_login(world.writer)
    url = f"/nl/formulieren/{vooraf.pk}"
    first, second, third = (section["id"] for section in vooraf.content["sections"])
    assert "Welke soorten?" not in client.get(f"{url}/{first}").content.decode()
    again = client.post(f"{url}/{first}", {"1.1": "true"})
    assert again.url == f"{url}/{first}"
    assert "Welke soorten?" in client.get(again.url).content.decode()
    # The last question of the repeat is not asked yet; the button stands after the one before it.
    assert 'name="more" value="#2.1"' in client.get(f"{url}/{second}").content.decode()
    more = client.post(f"{url}/{second}", {"2.1.1~1": "Innen", "more": "#2.1"})
    assert more.url == f"{url}/{second}"
    page = client.get(more.url).content.decode()
    assert 'name="2.1.1~2"' in page
    assert '<html lang="nl"' in page
    assert "Verwerking 2" in page
    assert client.post(f"{url}/{second}", {"more": "#9"}).status_code == 422
    png = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n0000", content_type="text/html")
    client.post(f"{url}/{third}", {"3.1.1~1": "Een jaar", "3.3": png})
    kept = Form.objects.get().files.get()
    answer = client.get(f"{url}/bestanden/{kept.pk}")
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "image/png",
        'attachment; filename="a.png"',
    )
    client.force_login(world.neighbour)
    assert client.get(f"{url}/bestanden/{kept.pk}").status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", b"<html>"),
        ("a.pdf", b"MZ\x00\x01"),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.txt", b"\x00\x01"),
    ],
)
def test_a_file_that_is_something_else_is_refused_and_answers_stay(client, vooraf, world, name, content):
    client.force_login(world.writer)
    third = vooraf.content["sections"][2]["id"]
    file = SimpleUploadedFile(name, content)
    answer = client.post(f"/nl/formulieren/{vooraf.pk}/{third}", {"3.3": file})
    assert answer.status_code == 422
    assert "Dit bestand nemen wij niet aan" in answer.content.decode()
    assert Form.objects.get().files.count() == 0


def test_a_signature_is_of_who_signs(world, tmp_path):
    keep(tmp_path, SIGN)
    form = teamwork.begin_form(Instrument.objects.get(), BREDA, "x", actor=world.writer)
    key = "urn:nl:x:2"
    form = teamwork.answer(form, {key: True, "urn:nl:x:1": True}, actor=world.writer)
    assert form.answers[key]["by"] == world.writer.pk
    assert form.answers["urn:nl:x:1"] is True
    with pytest.raises(teamwork.NotNowError):
        teamwork.answer(form, {key: False}, actor=world.colleague)
    form = teamwork.answer(form, {key: False}, actor=world.writer)
    assert form.answers[key] == ""


def test_start_over_takes_answers_along_that_still_fit(client, vooraf, world, tmp_path):
    form = teamwork.repeat(vooraf, "#2.1", True, actor=world.writer)
    form = teamwork.answer(form, {"1.1": "true", "1.2": ["Adres"], "2.1.1~2": "Helpen"}, actor=world.writer)
    teamwork.answer(form, {"3.1.1~2": "kort", "3.2": ["2.1.1~2"]}, actor=world.writer)
    newer = FORM.replace('"2.0"', '"3.0"').replace("{value: Adres}, ", "")
    keep(tmp_path, newer)
    client.force_login(world.writer)
    page = client.get(f"/nl/formulieren/{form.pk}").content.decode()
    assert "Er is een nieuwere versie" in page
    client.post(f"/nl/formulieren/{form.pk}/overnieuw")
    made = Form.objects.exclude(pk=form.pk).get()
    assert made.version.version == "3.0"
    assert made.answers == {
        "#2.1": 2, "1.1": "true", "2.1.1~2": "Helpen", "3.1.1~2": "kort", "3.2": ["2.1.1~2"],
    }  # fmt: skip
    assert Form.objects.get(pk=form.pk).answers["1.2"] == ["Adres"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 > 2 && !false", True),
        ("answers('a') in ['x', 'y'] ? 2 : 1", 2),
        ("answers('b') | count", 2),
        ("weightedCountMap(answers('b'), ['p', 'q'], [1, 3]) - 1", 3),
        ("countSelectedOptions('b') == 2", True),
        ("(none.there || 0) + bool(answers('c'))", 0),
    ],
)
def test_expressions_come_to_what_their_makers_meant(text, value):
    answers = {"a": "x", "b": ["p", "q"]}
    assert expressions.evaluate(expressions.parse(text), answers.get, {}) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 +",
        "open('x')",
        "(" * 500 + "1",
        "1 + " * 900 + "1",
        "answers()",
        "a b",
        "'x",
        "x | upper",
        "__import__('os')",
    ],
)
def test_what_is_no_expression_is_refused(text):
    with pytest.raises(expressions.ExpressionError):
        expressions.parse(text)


@pytest.mark.parametrize(
    "name", ["dpia.yaml", "prescan.yaml", "Pathway.json", "ODM2024.json", "survey.xls", "task-registry"]
)
def test_the_real_sets_run(shared, world, client, name):
    """Every real set is offered, its pages open, and what it asks at first can be answered."""
    kept = services.keep_sets(read_sets(shared / "data" / "cases" / "05-selfassessment" / name))
    client.force_login(world.writer)
    for slug, _version, new in kept:
        assert new
        form = teamwork.begin_form(Instrument.objects.get(slug=slug), BREDA, "Proef", actor=world.writer)
        for section in form.content["sections"]:
            page = client.get(f"/nl/formulieren/{form.pk}/{section['id']}")
            assert page.status_code == 200
        assert client.get(f"/nl/formulieren/{form.pk}/document.docx").status_code == 200


def test_the_real_prescan_says_what_its_own_rules_say(shared, world):
    services.keep_sets(read_sets(shared / "data" / "cases" / "05-selfassessment" / "prescan.yaml"))
    content = Instrument.objects.get().current.content
    ap = next(q for q in answering.questions(content) if q["id"] == "3.1")
    found = answering.outcomes(
        content, {"3.1": [ap["options"][0]["value"]], "6.1.1": "true", "6.1.2": "true"}
    )
    assert [(o["title"]["nl"], o["text"]["nl"][:14]) for o in found] == [
        ("DPIA", "DPIA verplicht"), ("IAMA", "Het IAMA is aa"),
    ]  # fmt: skip
