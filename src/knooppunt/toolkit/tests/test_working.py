# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Instruments and step plans: what is asked, who sees it, who signs, and what leaves as a document."""

from __future__ import annotations

import itertools
from copy import deepcopy
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from docx import Document as Docx
from python_calamine import CalamineWorkbook

from knooppunt.catalogue.contentfile import ContentError
from knooppunt.catalogue.models import Card
from knooppunt.toolkit import answering, instrumentcheck, officer, services, teamwork
from knooppunt.toolkit.contentcheck import CONTENT
from knooppunt.toolkit.formstates import FLOW, FormState, Party
from knooppunt.toolkit.models import Form, Instrument, InstrumentVersion, Plan, Step
from knooppunt.toolkit.tests.conftest import BREDA, GOUDA

PRESCAN = {
    "persoonsgegevens": "ja", "doel": "Schulden eerder zien", "grondslag": "taak", "mensen": "Inwoners",
    "kenmerken": ["beoordelen", "koppelen"], "buiten": "nee",
}  # fmt: skip


@pytest.fixture
def loaded(world):
    services.load_instruments()
    return world


@pytest.fixture
def form(loaded) -> Form:
    return teamwork.begin_form(
        Instrument.objects.get(slug="dpia-prescan"), BREDA, "Vroegsignalering", actor=loaded.writer
    )


@pytest.fixture
def plan(loaded) -> Plan:
    return teamwork.begin_plan(BREDA, "Te late hulp bij schulden", actor=loaded.writer)


def test_the_content_loads_and_again_changes_nothing(loaded):
    assert Card.objects.filter(kind="instrument").count() == 6
    assert Card.objects.filter(kind="step").count() == 7
    assert "written: 0" in services.load_instruments()


def test_changed_questions_need_a_higher_version(loaded):
    InstrumentVersion.objects.filter(instrument__slug="techniekkiezer").update(content={})
    with pytest.raises(ValueError, match="give the new text a higher version"):
        services.load_instruments()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('en: "DPIA pre-scan"', "", r"prescan\.yaml:8: De tekst in 'en' ontbreekt"),
        ("show_when: {question: persoonsgegevens, any: [ja]}", "show_when: {question: persoon, any: [ja]}",
         "Bedoelde u 'persoonsgegevens'"),
        ("any: [nee]}]", "any: [nooit]}]", "'nooit' is geen optie van 'persoonsgegevens'"),
        ("      - id: persoonsgegevens\n",
         "      - id: persoonsgegevens\n        show_when: {question: grondslag, any: [taak]}\n",
         r"prescan\.yaml:15: Deze vragen wachten op elkaar: persoonsgegevens → grondslag → persoonsgegevens"),
    ],
)  # fmt: skip
def test_a_wrong_instrument_says_file_line_and_cure(tmp_path, old, new, says):
    text = (CONTENT / "instruments" / "dpia-prescan.yaml").read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "prescan.yaml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError, match=says):
        instrumentcheck.load_instrument(file)


def content(slug: str) -> dict:
    return instrumentcheck.load_instrument(CONTENT / "instruments" / f"{slug}.yaml").data


def titles(slug: str, answers: dict) -> list[str]:
    return [o["title"]["en"] for o in answering.outcomes(content(slug), answers)]


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({}, []),
        ({"personen": "nee"}, ["Open data"]),
        ({"personen": "ja", "nodig": "aantallen", "bronnen": "een"}, ["Aggregates"]),
        ({"personen": "ja", "nodig": "analyse", "bronnen": "een"}, ["Remote access"]),
        ({"personen": "ja", "nodig": "oefenen"}, ["Synthetic data"]),
        (
            {"personen": "ja", "nodig": "overlap", "bronnen": "meer", "derde": "nee"},
            ["Private set intersection"],
        ),
        ({"personen": "ja", "nodig": "model", "bronnen": "meer", "derde": "nee"}, ["Federated analysis"]),
        ({"personen": "ja", "nodig": "aantallen", "bronnen": "meer", "derde": "nee"}, ["Secure computation"]),
        ({"personen": "ja", "nodig": "aantallen", "bronnen": "meer", "derde": "ja"}, ["Trusted third party"]),
        # An answer to a question that is no longer asked opens nothing.
        ({"personen": "nee", "nodig": "aantallen", "bronnen": "meer", "derde": "ja"}, ["Open data"]),
    ],
)  # fmt: skip
def test_the_technique_chooser_reasons(answers, outcome):
    assert titles("techniekkiezer", answers) == outcome


def test_every_way_through_the_technique_chooser_ends_in_an_outcome():
    whole = content("techniekkiezer")
    choices = {q["id"]: [o["value"] for o in q["options"]] for q in answering.questions(whole)}
    for values in itertools.product(*choices.values()):
        assert answering.outcomes(whole, dict(zip(choices, values, strict=True)))


def test_scores_of_what_is_not_asked_do_not_count():
    whole = content("dpia-prescan")
    assert answering.score(whole, PRESCAN) == 1 + 1
    assert answering.score(whole, PRESCAN | {"persoonsgegevens": "nee"}) == 0
    assert titles("dpia-prescan", PRESCAN) == ["Do a DPIA"]


def test_a_form_keeps_its_version_when_the_set_changes(form, loaded):
    new = deepcopy(form.version.content) | {"version": "3.0"}
    new["sections"] = new["sections"][:1]
    InstrumentVersion.objects.create(instrument=form.version.instrument, version="3.0", content=new)
    form = teamwork.answer(Form.objects.get(), {"buiten": "ja"}, actor=loaded.writer)
    assert (form.version.version, form.answers) == ("2.0", {"buiten": "ja"})
    later = teamwork.begin_form(Instrument.objects.get(slug="dpia-prescan"), BREDA, "x", actor=loaded.writer)
    assert later.version.version == "3.0"


def test_every_state_is_reached_and_every_move_has_owner_and_label():
    moves = [move for verb in FLOW.verbs.values() for move in verb.moves]
    assert {FormState.DRAFT, *(move.target for move in moves)} == set(FormState)
    assert all(move.parties for move in moves)
    assert all(verb.label for verb in FLOW.verbs.values())


@pytest.mark.parametrize(("source", "verb"), list(itertools.product(FormState, FLOW)))
def test_a_move_is_made_only_by_whose_it_is(form, loaded, source, verb):
    for name in ("writer", "colleague", "officer", "neighbour", "hub", "stranger"):
        Form.objects.update(state=source)
        mine = {"writer": {Party.TEAM}, "colleague": {Party.TEAM}, "officer": {Party.TEAM, Party.OFFICER}}
        move = FLOW.find(verb, source)
        if move and move.parties & mine.get(name, set()):
            assert teamwork.move_form(form, verb, actor=getattr(loaded, name), note="x").state == move.target
        else:
            with pytest.raises((PermissionDenied, teamwork.NotNowError)):
                teamwork.move_form(form, verb, actor=getattr(loaded, name), note="x")


@pytest.mark.parametrize("answers", [{"buiten": "misschien"}, {"kenmerken": ["x"]}])
def test_an_answer_that_is_no_option_is_refused(form, loaded, answers):
    with pytest.raises(ValueError, match=next(iter(answers))):
        teamwork.answer(form, answers, actor=loaded.writer)


def test_a_sent_form_does_not_change(form, loaded):
    teamwork.move_form(form, "submit", actor=loaded.writer)
    with pytest.raises(teamwork.NotNowError):
        teamwork.answer(form, {"doel": "anders"}, actor=loaded.writer)


@pytest.mark.parametrize("name", ["nobody", "neighbour", "hub", "stranger"])
def test_forms_and_plans_do_not_exist_for_others(client, form, plan, loaded, name):
    if name != "nobody":
        client.force_login(getattr(loaded, name))
    pages = [f"formulieren/{form.pk}{end}" for end in ("", "/verwerking", "/zet/submit", "/document.docx")]
    pages += [f"plannen/{plan.pk}{end}" for end in ("", "/probleem", "/document.pdf", "/praktijk")]
    for page in pages:
        assert client.get(f"/nl/{page}").status_code == (302 if name == "nobody" else 404)
    assert "Vroegsignalering" not in client.get("/nl/instrumenten").content.decode()


def test_a_team_fills_in_and_the_officer_signs(client, form, loaded):
    client.force_login(loaded.colleague)
    url = f"/nl/formulieren/{form.pk}"
    first = client.post(f"{url}/verwerking", {"persoonsgegevens": "ja"})
    assert first.url == f"{url}/verwerking"  # more is asked in this section now
    second = client.post(
        f"{url}/verwerking", {k: v for k, v in PRESCAN.items() if k in ("persoonsgegevens", "doel")}
    )
    assert second.url == f"{url}/risico"
    client.post(f"{url}/risico", {"kenmerken": PRESCAN["kenmerken"]})
    page = client.get(url).content.decode()
    assert "Doe een DPIA" in page
    assert "worden gekoppeld (WP 248, criterium 6)" in page  # the answer that made it so
    client.post(f"{url}/zet/submit")
    client.force_login(loaded.officer)
    assert list(officer.forms_waiting(loaded.officer)) == [form]
    client.post(f"{url}/zet/sign")
    assert Form.objects.get().state == FormState.SIGNED
    assert list(officer.forms_waiting(loaded.officer)) == []
    register = client.get("/nl/formulieren/verwerkingen.csv").content.decode("utf-8-sig")
    assert "Schulden eerder zien" in register
    assert "Een taak" not in register  # not answered is empty, not guessed


def test_the_register_is_a_workbook_too_and_no_cell_becomes_a_formula(client, form, loaded):
    teamwork.answer(form, {"persoonsgegevens": "ja", "doel": "=1+1"}, actor=loaded.writer)
    client.force_login(loaded.officer)
    assert "'=1+1" in client.get("/nl/formulieren/verwerkingen.csv").content.decode("utf-8-sig")
    book = CalamineWorkbook.from_filelike(BytesIO(client.get("/nl/formulieren/verwerkingen.xlsx").content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][2] == "Doel"
    assert rows[1][2] == "=1+1"  # a text: the cell of a formula would come back empty
    assert client.get("/nl/formulieren/verwerkingen.exe").status_code == 404


def test_a_refusal_needs_a_reason(client, form, loaded):
    teamwork.move_form(form, "submit", actor=loaded.writer)
    with pytest.raises(teamwork.NotNowError):
        teamwork.move_form(form, "refuse", actor=loaded.officer)
    client.force_login(loaded.officer)
    client.post(f"/nl/formulieren/{form.pk}/zet/refuse", {"note": "De grondslag ontbreekt."})
    client.force_login(loaded.writer)
    assert "De grondslag ontbreekt." in client.get(f"/nl/formulieren/{form.pk}").content.decode()


def texts(answer) -> str:
    return "\n".join(paragraph.text for paragraph in Docx(BytesIO(answer.content)).paragraphs)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_form_and_a_plan_leave_as_documents(client, form, plan, loaded, language):
    teamwork.answer(form, PRESCAN, actor=loaded.writer)
    step = Step.objects.get(slug="probleem")
    teamwork.note_step(plan, step, done=True, note="Wij zien het te laat.", actor=loaded.colleague)
    card = Card.objects.get(kind="instrument", key="techniekkiezer")
    teamwork.attach(plan, step, card, "om te kiezen", actor=loaded.writer)
    client.force_login(loaded.writer)
    paper = texts(client.get(f"/{language}/formulieren/{form.pk}/document.docx"))
    assert "Schulden eerder zien" in paper
    assert {"nl": "Doe een DPIA", "en": "Do a DPIA"}[language] in paper
    paper = texts(client.get(f"/{language}/plannen/{plan.pk}/document.docx"))
    assert "Wij zien het te laat." in paper
    assert {"nl": "Techniekkiezer: om te kiezen", "en": "Technique chooser: om te kiezen"}[language] in paper
    assert client.get(f"/{language}/plannen/{plan.pk}/document.pdf").content.startswith(b"%PDF")


def test_a_page_is_attached_by_its_address(client, plan, loaded):
    client.force_login(loaded.writer)
    url = f"/nl/plannen/{plan.pk}/probleem/kaart"
    wrong = client.post(url, {"address": "http://testserver/nl/nergens", "reason": "x"})
    assert wrong.status_code == 422
    client.post(url, {"address": "http://testserver/en/instrumenten/techniekkiezer?a=b", "reason": "handig"})
    assert [(c.kind, c.key) for c in plan.cards.all()] == [("instrument", "techniekkiezer")]


def test_a_finished_plan_becomes_a_draft_practice(plan, loaded):
    with pytest.raises(teamwork.NotNowError):
        teamwork.propose_practice(plan, "Het hielp.", ["skills"], "nl", actor=loaded.writer)
    for step in Step.objects.all():
        teamwork.note_step(plan, step, done=True, note="", actor=loaded.writer)
    with pytest.raises(PermissionDenied):
        teamwork.propose_practice(plan, "Het hielp.", ["skills"], "nl", actor=loaded.neighbour)
    version = teamwork.propose_practice(plan, "Het hielp.", ["skills"], "nl", actor=loaded.writer)
    assert version.content["title"] == {"nl": "Te late hulp bij schulden"}
    with pytest.raises(teamwork.NotNowError):
        teamwork.propose_practice(plan, "Het hielp.", ["skills"], "nl", actor=loaded.writer)


def test_nobody_begins_for_an_organisation_of_others(loaded):
    with pytest.raises(PermissionDenied):
        teamwork.begin_plan(GOUDA, "x", actor=loaded.writer)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_public_pages_show_instruments_and_steps(client, loaded, language):
    for page in ("instrumenten", "instrumenten/dpia-prescan", "stappenplan", "stappenplan/data"):
        assert client.get(f"/{language}/{page}").status_code == 200
