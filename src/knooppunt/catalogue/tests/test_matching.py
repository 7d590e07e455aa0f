# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Matches say why, leave the card itself out, learn within bounds, and let themselves be set aside."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from knooppunt.catalogue import indexing, matching, services
from knooppunt.catalogue.kinds import kinds
from knooppunt.catalogue.models import AuditLine, Card, Dismissal, FacetValue

User = get_user_model()
pytestmark = pytest.mark.django_db(transaction=True)
DEBTS = "Gemeente zoekt huishoudens met schulden en betalingsachterstanden"


@pytest.fixture
def toys(make_toy) -> SimpleNamespace:
    for slug, name, text in (
        ("een", "Schulden vroeg zien", DEBTS),
        (
            "twee",
            "Achterstand als signaal",
            "Huishoudens met schulden krijgen hulp bij betalingsachterstanden",
        ),
        ("ver", "Vroeg maaien met schapen", "De berm wordt gemaaid en de schapen eten gras"),
    ):
        services.publish(make_toy(slug=slug, name_nl=name, text=text))
    indexing.ensure()
    return SimpleNamespace(**{c.key: c for c in Card.objects.filter(kind="toy")})


def user(name: str) -> User:
    return User.objects.create_user(name, f"{name}@example.invalid")


def keys(card: Card, **more: object) -> list[str]:
    return [m.key for m in matching.match(matching.source_of(card, "nl"), "nl", **more)]


def test_what_is_alike_comes_first_and_says_why_and_never_itself(toys):
    (first, *rest) = matching.match(matching.source_of(toys.een, "nl"), "nl")
    assert first.key == "twee"
    assert "schulden" in first.why
    assert "Niet gevonden" not in first.why
    assert "een" not in [first.key, *(m.key for m in rest)]
    assert 0 < first.score < 1


def test_a_text_finds_what_is_like_it(toys):
    found = matching.match(matching.Source(DEBTS), "nl")
    assert [m.key for m in found][:2] == ["een", "twee"]
    assert found[0].score == 1


@pytest.mark.parametrize("text", ["", "   ", "(((", "\x00", "x" * 300_000, "AND OR NOT *"])
def test_no_text_makes_it_fail(toys, text):
    assert isinstance(matching.match(matching.Source(text), "nl"), list)


def test_a_shared_challenge_adds_and_is_told(toys):
    value = FacetValue.objects.create(facet="challenge", code="debt", label_nl="Schulden", label_en="Debts")
    before = {m.key: m.score for m in matching.match(matching.source_of(toys.een, "nl"), "nl")}
    for card in (toys.een, toys.twee):
        card.facets.add(value)
    (first, *_rest) = matching.match(matching.source_of(toys.een, "nl"), "nl")
    assert first.score == pytest.approx(before["twee"] + matching.WEIGHTS["challenge"])
    assert "Beide gaan over: Schulden." in first.why


def test_two_that_tell_nothing_share_nothing(toys):
    value = FacetValue.objects.create(
        facet="origin", code="not_reported", label_nl="niet gemeld", label_en="not reported"
    )
    for card in (toys.een, toys.twee):
        card.facets.add(value)
    assert "niet gemeld" not in matching.match(matching.source_of(toys.een, "nl"), "nl")[0].why


def test_what_one_seeks_the_other_offers(make_toy, toys):
    offers = FacetValue.objects.create(facet="offers", code="people", label_nl="mensen", label_en="people")
    toys.ver.facets.add(offers)
    services.publish(make_toy(slug="weer", name_nl="Iets"))
    indexing.rebuild()
    source = matching.Source("", facets={"seeks": {"people"}})
    (found,) = matching.match(source, "nl")
    assert found.key == "ver"
    assert found.why == "Het biedt wat wordt gezocht: mensen."


def test_an_organisation_alike_is_told_with_its_figures(toys, monkeypatch):
    monkeypatch.setattr(matching, "_alike", [lambda slug: {"gouda": (0.8, "gemeente, even groot")}])
    for card, slug in ((toys.een, "breda"), (toys.twee, "gouda")):
        card.facets.add(
            FacetValue.objects.create(facet="organisation", code=slug, label_nl=slug, label_en=slug)
        )
    found = matching.match(matching.source_of(toys.een, "nl"), "nl")[0]
    assert "gouda is een organisatie als deze (gemeente, even groot)." in found.why


def test_a_kind_that_is_only_named_is_found_by_its_words_when_asked_for(toys, monkeypatch):
    source = matching.source_of(toys.een, "nl")
    kind = dataclasses.replace(kinds["toy"], only_named=True)
    monkeypatch.setitem(kinds._by_name, "toy", kind)
    assert matching.match(source, "nl") == []
    assert matching.match(source, "nl", only=["toy"])


def test_the_name_of_who_does_it_does_not_ask(toys):
    code, label = "beemden", "Hoogheemraadschap De Lage Beemden"
    toys.een.facets.add(
        FacetValue.objects.create(facet="organisation", code=code, label_nl=label, label_en=label)
    )
    toys.een.text_nl = f"{label} meet schulden; de Lage Beemden doet dat zo. Lage grenzen voor statistiek."
    text = " ".join(matching.source_of(toys.een, "nl").text.split())
    assert text.endswith("meet schulden; doet dat zo. Lage grenzen voor statistiek.")


def test_of_a_long_name_the_last_word_still_asks(toys):
    label = "Bureau voor de Statistiek"
    toys.een.facets.add(
        FacetValue.objects.create(facet="organisation", code="bureau", label_nl=label, label_en="")
    )
    toys.een.text_nl = f"{label} maakt statistiek."
    assert " ".join(matching.source_of(toys.een, "nl").text.split()).endswith("maakt statistiek.")


def test_what_is_set_aside_is_gone_for_that_person_and_comes_back(toys):
    one, other = user("een"), user("ander")
    dismissal = matching.dismiss(toys.een, "toy", "twee", "known", user=one)
    assert "twee" not in keys(toys.een, user=one)
    assert "twee" in keys(toys.een, user=other)
    matching.take_back(dismissal, user=one)
    assert "twee" in keys(toys.een, user=one)
    assert AuditLine.objects.filter(action="dismiss match").count() == 1


def held_back(toys):
    """What one gets of its match twee, and the reason."""
    found = {match.key: match for match in matching.match(matching.source_of(toys.een, "nl"), "nl")}
    return found["twee"].score, found["twee"].why


def test_many_who_say_another_problem_hold_a_pair_back_within_bounds_and_are_told(toys):
    score, _why = held_back(toys)
    for number in range(2):
        matching.dismiss(toys.een, "toy", "twee", "other-problem", user=user(f"u{number}"))
    held, why = held_back(toys)
    assert held == pytest.approx(score * (1 - 0.2 - 0.04), abs=1e-3)
    assert "2 mensen zeiden dat dit een ander probleem is." in why
    for number in range(2, 40):
        matching.dismiss(toys.een, "toy", "twee", "other-problem", user=user(f"u{number}"))
    assert held_back(toys)[0] == pytest.approx(score * matching.LEAST_FACTOR, abs=1e-3)
    Dismissal.objects.all().delete()
    assert held_back(toys)[0] == score


def test_another_pair_of_the_same_kinds_is_held_back_a_little_and_says_nothing(toys):
    score, why = held_back(toys)
    for number in range(3):
        matching.dismiss(toys.een, "toy", "drie", "other-problem", user=user(f"u{number}"))
    assert held_back(toys) == (pytest.approx(score * 0.94, abs=1e-3), why)


def test_an_unknown_card_is_told_with_what_comes_near(toys):
    assert matching.find("toy:een") == toys.een
    assert matching.find("een") == toys.een
    with pytest.raises(ValueError, match="toy:twee"):
        matching.find("toy:twe")


def test_the_page_shows_sets_aside_and_takes_back(client, toys):
    address = reverse("catalogue:matches") + "?kind=toy&key=een"
    assert "Achterstand als signaal" in client.get(address).content.decode()
    assert "Leg weg" not in client.get(address).content.decode()
    one = user("een")
    client.force_login(one)
    values = {"kind": "toy", "key": "een", "target_kind": "toy", "target_key": "twee"}
    client.post(reverse("catalogue:dismiss"), values | {"reason": "nonsense"})
    assert not Dismissal.objects.exists()
    client.post(reverse("catalogue:dismiss"), values | {"reason": "old"})
    shown, aside = client.get(address).content.decode().split('id="aside"')
    assert "Achterstand als signaal" not in shown
    assert "Achterstand als signaal" in aside
    found = Dismissal.objects.get()
    client.force_login(user("ander"))
    assert client.post(reverse("catalogue:take-back", args=[found.pk])).status_code == 404
    client.force_login(one)
    assert client.post(reverse("catalogue:take-back", args=[found.pk])).status_code == 302
    assert "Achterstand als signaal" in client.get(address).content.decode()


@pytest.mark.parametrize("query", ["", "?kind=toy", "?kind=toy&key=nee", "?kind=%00&key=%00"])
def test_matches_of_nothing_are_not_found(client, toys, query):
    assert client.get(reverse("catalogue:matches") + query).status_code == 404
