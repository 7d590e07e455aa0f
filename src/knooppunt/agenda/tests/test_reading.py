# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cards, silence, sums, differences, pictures: what is read from the records."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from knooppunt.agenda import charts, pictures, queries
from knooppunt.agenda.difference import compare, words
from knooppunt.catalogue.kinds import kinds
from knooppunt.catalogue.models import Card


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        (date(2019, 2, 1), date(2019, 2, 28), 0),
        (date(2019, 2, 1), date(2019, 3, 1), 1),
        (date(2020, 1, 31), date(2020, 2, 28), 0),
        (date(2019, 2, 1), date(2026, 11, 23), 93),
        (date(2026, 5, 1), date(2026, 4, 1), 0),
    ],
)
def test_silence_counts_whole_months(since, until, months):
    assert queries.whole_months(since, until) == months


def test_the_longest_silent_come_first_and_what_is_complete_is_not_waited_for(example):
    before = queries.editions().get(key="voorbeeldstad-2025")
    found = queries.longest_silent(list(queries.actions(before)), date(2026, 5, 1))
    assert [(action.number, months) for action, months in found] == [("3", 8), ("4", 7)]


def test_a_card_says_who_what_and_when(national):
    card = Card.objects.get(kind="action", key="nl-digitaal-2019/3.11")
    facets = set(card.facets.values_list("facet", "code"))
    assert card.url == "/agenda/nl-digitaal-2019/3.11"
    assert card.language == ""
    assert (card.starts, card.ends) == (date(2019, 1, 1), date(2020, 12, 31))
    assert {("organisation", "cbs"), ("organisation", "ezk"), ("chapter", "nl-digitaal-2019-3")} <= facets
    assert {("year", "2019"), ("year", "2020"), ("theme", "open-data"), ("status", "not_started")} <= facets


def test_an_open_end_stays_open_on_the_card(national):
    card = Card.objects.get(kind="action", key="nl-digitaal-2019/1.1")
    assert card.ends is None
    assert ("challenge", "poverty-debt") in card.facets.values_list("facet", "code")


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("schulden", "1.1"),
        ("debts", "1.1"),
        ("Gegevensbescherming", "2.4"),
        ("Rekenkamer", "3.3"),
        ("high value", "3.11"),
    ],
)
def test_cards_hold_the_words_that_people_search_with(national, word, number):
    card = Card.objects.get(kind="action", key=f"nl-digitaal-2019/{number}")
    texts = " ".join(
        [card.title_nl, card.title_en, card.summary_nl, card.summary_en, card.text_nl, card.text_en]
    )
    assert word in texts


def test_machines_read_an_action_as_a_plan(national):
    thing = queries.action("nl-digitaal-2019/1.1")
    data = kinds["action"].json_ld(thing, "en")
    assert data["@type"] == "PlanAction"
    assert data["@id"].endswith("/en/agenda/nl-digitaal-2019/1.1")
    assert "endTime" not in data
    assert data["agent"][0]["name"].startswith("Ministry of the Interior")


def test_cards_are_made_again_from_what_is_public(national, example):
    assert len(list(kinds["action"].published())) == 45
    assert len(list(kinds["agenda"].published())) == 3
    assert kinds["action"].find("nl-digitaal-2019/3.10").number == "3.10"
    assert kinds["action"].find("nl-digitaal-2019/99") is None


def test_years_to_report_on_end_with_the_edition_or_its_last_report(national, example):
    assert queries.report_years(national, list(queries.actions(national))) == [2019, 2020, 2021]
    assert queries.report_years(example, list(queries.actions(example)))[0] == 2026


def test_the_difference_between_two_editions(example):
    before = queries.editions().get(key="voorbeeldstad-2025")
    with override("en"):
        found = compare(list(queries.actions(before)), list(queries.actions(example)), "en")
    assert [a.number for a in found.only_after] == ["3"]
    assert [a.number for a in found.only_before] == ["2", "4"]
    assert [(p.before.number, p.after.number) for p in found.changed] == [("1", "1"), ("3", "2")]
    assert [change.label for change in found.changed[0].changes] == ["Years", "Description"]
    assert found.changed[0].changes[0].html == "<del>2025–2026</del> <ins>2025–2027</ins>"
    assert found.same == []


def test_an_edition_does_not_differ_from_itself(national):
    actions = list(queries.actions(national))
    found = compare(actions, list(queries.actions(national)), "nl")
    assert len(found.same) == 38
    assert (found.changed, found.only_before, found.only_after) == ([], [], [])


def test_an_own_agenda_beside_the_national_one_matches_by_its_links(national, example):
    found = compare(list(queries.actions(national)), list(queries.actions(example)), "nl")
    assert [(p.before.number, p.after.number) for p in found.changed] == [("1.1", "1"), ("3.4", "3")]


def test_texts_are_compared_word_by_word_and_escaped():
    assert words("a <b> c", "a d c") == "a <del>&lt;b&gt;</del> <ins>d</ins> c"


def parsed(picture: str) -> ET.Element:
    return ET.fromstring(picture)  # noqa: S314


def all_attributes(element: ET.Element) -> set[str]:
    return {name for node in element.iter() for name in node.attrib}


def test_a_period_is_drawn_on_its_years():
    svg = parsed(charts.period(2020, 2021, 2019, 2022, label="2020–2021"))
    (bar,) = svg.findall("rect")
    assert svg.attrib["aria-label"] == "2020–2021"
    assert float(bar.attrib["x"].rstrip("%")) == pytest.approx(25.6)
    assert float(bar.attrib["width"].rstrip("%")) == pytest.approx(48.8)
    assert svg.findall(".//path") == []


def test_an_open_end_is_an_arrow_and_what_is_possible_is_dashed():
    assert len(parsed(charts.period(2019, None, 2019, 2022, label="x")).findall(".//path")) == 1
    (bar,) = parsed(charts.period(2019, 2019, 2019, 2022, label="x", tentative=True)).findall("rect")
    assert bar.attrib["class"] == "agenda-period--tentative"


def test_a_start_outside_the_axis_is_refused():
    with pytest.raises(ValueError, match="outside the axis"):
        charts.period(2018, 2019, 2019, 2022, label="x")


def test_bars_have_widths_in_proportion_and_show_only_what_was_reported():
    lines = [
        charts.Bars("A", [charts.Money(2019, Decimal(100), spent=Decimal(50))]),
        charts.Bars("B & <C>", [charts.Money(2019, Decimal(50))]),
    ]
    svg = parsed(charts.budget(lines, "b", "Title", "Text"))
    planned = [
        float(r.attrib["width"].rstrip("%"))
        for r in svg.iter("rect")
        if r.attrib["class"] == "agenda-planned"
    ]
    spent = [
        float(r.attrib["width"].rstrip("%")) for r in svg.iter("rect") if r.attrib["class"] == "agenda-spent"
    ]
    assert planned == [78, 39]
    assert spent == [39]
    assert [t.text for t in svg.iter("text") if t.attrib["class"] == "agenda-label"] == ["A", "B & <C>"]


def test_a_distribution_divides_the_width_by_number():
    rows = [("Own", [charts.Share("limited", "limited", 1), charts.Share("complete", "complete", 3)])]
    svg = parsed(charts.distribution(rows, "s", "Title", "Text"))
    assert [r.attrib["width"] for r in svg.iter("rect")] == ["25.0%", "75.0%"]
    assert [t.text for t in svg.iter("text")][1:] == ["1", "3"]


def test_pictures_have_a_name_and_obey_the_content_policy(national, example):
    lines, actions = queries.budget_lines(national), list(queries.actions(national))
    for picture in (
        pictures.budget(lines, national)["budget_picture"],
        pictures.statuses(actions)["status_picture"],
    ):
        svg = parsed(picture)
        named = {node.attrib.get("id") for node in svg}
        assert set(svg.attrib["aria-labelledby"].split()) <= named
        assert svg.find("title").text
        assert not {"style", "onclick", "href"} & all_attributes(svg)


def test_an_empty_agenda_has_no_pictures(example):
    assert pictures.timeline([])["groups"] == []
    assert pictures.statuses([])["status_picture"] == ""
    assert pictures.budget([], example)["budget_picture"] == ""
