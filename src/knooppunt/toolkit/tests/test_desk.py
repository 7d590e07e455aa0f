# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The editors' desk: an answer and a definition from first draft to publication, by two people, in pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from knooppunt.catalogue.models import Card
from knooppunt.jobs.models import Letter
from knooppunt.toolkit import entryforms, services
from knooppunt.toolkit.models import Entry, Step, Version
from knooppunt.toolkit.states import State

FAQ = {
    "theme": "sharing", "question_nl": "Mag ik dit delen?", "short_nl": "Soms.",
    "answer_nl": "Dat hangt ervan af.",
    "laws": ["avg-6"], "legal": "on", "reviewed": "2026-11-20", "review_months": "6",
}  # fmt: skip
TERM = {
    "theme": "grounds", "label_nl": "grondslag", "definition_nl": "De reden in de wet.",
    "also_nl": "grond\r\nbasis",
    "label_en": "legal ground", "definition_en": "The reason in law.",
}  # fmt: skip
DESK = "/nl/toolkit/bureau"


@pytest.fixture
def draft(client, world) -> Version:
    client.force_login(world.hub)
    assert client.post(f"{DESK}/nieuw/faq", FAQ).status_code == 302
    return Version.objects.get()


def post(client, user, path: str, data: dict | None = None):
    client.force_login(user)
    return client.post(f"{DESK}/{path}", data or {})


def test_an_answer_goes_from_draft_to_card_by_two_people(client, draft, world):
    slug = draft.entry.slug
    assert draft.content["laws"] == ["avg-6"]
    post(client, world.hub, f"faq/{slug}/zet/submit")
    assert [letter.to for letter in Letter.objects.all()] == ["second@example.invalid"]
    assert post(client, world.hub, f"faq/{slug}/zet/publish").status_code == 403
    client.force_login(world.second)
    assert "Wacht op u als tweede lezer" in client.get(DESK).content.decode()
    post(client, world.second, f"faq/{slug}/zet/publish")
    assert Card.objects.get(kind="faq").title_nl == "Mag ik dit delen?"
    assert Letter.objects.get(to="hub@example.invalid").body.count("gepubliceerd") == 1
    assert "Mag ik dit delen?" in client.get(f"/nl/veelgestelde-vragen/{slug}").content.decode()


def test_asking_for_changes_needs_words_that_the_writer_gets(client, draft, world):
    slug = draft.entry.slug
    post(client, world.hub, f"faq/{slug}/zet/submit")
    assert post(client, world.second, f"faq/{slug}/zet/ask-changes", {"note": " "}).status_code == 422
    post(client, world.second, f"faq/{slug}/zet/ask-changes", {"note": "Noem het artikel."})
    assert Version.objects.get().state == State.DRAFT
    assert "Noem het artikel." in Letter.objects.get(to="hub@example.invalid").body


def test_a_new_version_is_written_beside_what_stands_and_compared(client, draft, world):
    slug = draft.entry.slug
    post(client, world.hub, f"faq/{slug}/zet/submit")
    post(client, world.second, f"faq/{slug}/zet/publish")
    assert post(client, world.second, f"faq/{slug}/begin").status_code == 302
    form = client.get(f"{DESK}/faq/{slug}/schrijven").context["form"]
    data = {k: v for k, v in form.initial.items() if isinstance(v, str | int)} | FAQ
    saved = post(
        client, world.second, f"faq/{slug}/schrijven", data | {"short_nl": "Zelden.", "note": "Korter."}
    )
    assert saved.status_code == 302
    page = client.get(f"{DESK}/faq/{slug}/verschil").content.decode()
    assert "Zelden." in page
    assert "Soms." in page
    assert "Soms." in client.get(f"/nl/veelgestelde-vragen/{slug}").content.decode()


def test_who_saves_over_a_colleague_is_told_and_loses_nothing(client, draft, world):
    slug, before = draft.entry.slug, draft.changed.isoformat()
    post(client, world.second, f"faq/{slug}/schrijven", FAQ | {"short_nl": "Vaak.", "seen": before})
    answer = post(client, world.hub, f"faq/{slug}/schrijven", FAQ | {"short_nl": "Nooit.", "seen": before})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Iemand anders bewaarde deze tekst intussen" in page
    assert "Vaak." in page
    again = {**FAQ, "short_nl": "Nooit.", "seen": answer.context["form"]["seen"].value()}
    assert post(client, world.hub, f"faq/{slug}/schrijven", again).status_code == 302
    assert Version.objects.get().content["short"] == {"nl": "Nooit."}


@pytest.mark.parametrize(
    ("kind", "changed", "field"),
    [
        ("faq", {"short_nl": ""}, "short_nl"),
        ("faq", {"question_en": "May I?"}, "answer_en"),
        ("faq", {"question_nl": "", "short_nl": "", "answer_nl": ""}, "__all__"),
        ("faq", {"reviewed": "2999-01-01"}, "reviewed"),
        ("faq", {"laws": ["geen-wet"]}, "laws"),
        ("term", {"definition_en": ""}, "definition_en"),
    ],
)
def test_half_a_text_is_not_taken(client, world, kind, changed, field):
    answer = post(client, world.hub, f"nieuw/{kind}", (FAQ if kind == "faq" else TERM) | changed)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Entry.objects.exists()


def test_what_the_form_shows_it_gives_back(client, world):
    post(client, world.hub, "nieuw/term", TERM)
    content = Version.objects.get().content
    assert content["also"] == {"nl": ["grond", "basis"]}
    form = entryforms.EntryForm(kind="term", content=content)
    again = entryforms.EntryForm({**form.initial, "theme": "grounds"}, kind="term", content=content)
    assert again.is_valid()
    assert again.document() == content
    assert entryforms.differences("term", content, content) == []


def test_what_is_past_its_review_day_comes_to_the_desk_and_is_renewed(client, draft, world):
    slug = draft.entry.slug
    post(client, world.hub, f"faq/{slug}/zet/submit")
    post(client, world.second, f"faq/{slug}/zet/publish")
    Version.objects.update(review_due=timezone.localdate() - timedelta(days=1))
    assert "Klopt dit nog?" in client.get(DESK).content.decode()
    post(client, world.second, f"faq/{slug}/bevestig")
    assert not services.expired()


@pytest.mark.parametrize("name", ["nobody", "stranger", "connector", "officer", "writer"])
def test_the_desk_does_not_exist_for_others(client, draft, world, name):
    client.logout()
    if name != "nobody":
        client.force_login(getattr(world, name))
    pages = [
        "",
        "/nieuw/faq",
        *(f"/faq/{draft.entry.slug}{end}" for end in ("", "/schrijven", "/verschil", "/zet/drop")),
    ]
    for page in pages:
        assert client.get(DESK + page).status_code == (302 if name == "nobody" else 404)
    for end in ("begin", "bevestig", "zet/submit"):
        assert client.post(f"{DESK}/faq/{draft.entry.slug}/{end}").status_code in (302, 404)
    assert Version.objects.get().state == State.DRAFT


def step_data(client, user) -> dict:
    """What the form of the first step shows, as a browser sends it back."""
    post(client, user, "step/probleem/begin")
    initial = client.get(f"{DESK}/step/probleem/schrijven").context["form"].initial
    del initial["examples"]  # no practice is loaded here
    return {name: value for name, value in initial.items() if isinstance(value, str | list) and value}


def test_a_step_is_changed_by_two_people_and_its_file_no_longer_overwrites_it(client, world):
    services.load_instruments()
    before = Step.objects.get(slug="probleem").content
    data = step_data(client, world.hub)
    changed = data | {"why_nl": "Zonder probleem geen data.", "why_en": "No problem, no data."}
    assert post(client, world.hub, "step/probleem/schrijven", changed).status_code == 302
    post(client, world.hub, "step/probleem/zet/submit")
    assert Step.objects.get(slug="probleem").content["why"]["en"] != "No problem, no data."
    post(client, world.second, "step/probleem/zet/publish")
    step = Step.objects.get(slug="probleem")
    assert step.content["why"] == {"nl": "Zonder probleem geen data.", "en": "No problem, no data."}
    assert step.content["do"] == before["do"]
    assert Card.objects.get(kind="step", key="probleem").summary_en == "No problem, no data."
    assert "Zonder probleem geen data." in client.get("/nl/stappenplan/probleem").content.decode()
    assert "written: 0" in services.load_instruments()
    assert Step.objects.get(slug="probleem").content == step.content


def test_a_step_is_whole_in_both_languages_and_is_never_withdrawn(client, world):
    services.load_instruments()
    data = step_data(client, world.hub)
    for changed, field in (({"why_en": ""}, "why_en"), ({"do_nl": "Een regel"}, "do_nl")):
        answer = post(client, world.hub, "step/probleem/schrijven", data | changed)
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
    post(client, world.hub, "step/probleem/zet/drop")
    client.force_login(world.hub)
    assert "Trek in" not in client.get(f"{DESK}/step/probleem").content.decode()
    assert post(client, world.hub, "step/probleem/zet/withdraw", {"note": "x"}).status_code == 403
    assert client.get(f"{DESK}/nieuw/step").status_code == 404
