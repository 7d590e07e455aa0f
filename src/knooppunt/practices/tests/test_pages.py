# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages over HTTP: who sees what, what a form keeps, and what hostile text becomes."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from knooppunt.practices import services, wording
from knooppunt.practices.columns import COLUMNS
from knooppunt.practices.models import PastSave, Practice, Version
from knooppunt.practices.states import FLOW, State
from knooppunt.practices.tests.conftest import BREDA, CONTENT, GOUDA, carry

BASE = "/nl/praktijken/schulden-eerder-zien"
WORKING = ["werk", "bewerken", "voorbeeld", "zet/submit", "eerder/1"]
HOSTILE = "<script>alert('x')</script>{{ 7*7 }}\"'>&amp;"


def posted(version: Version, **values) -> dict[str, str]:
    """What the form sends back when nobody touches it, with these changes."""
    content = version.content
    sent = {
        "taal": "nl", "title": content["title"]["nl"], "summary": content["summary"]["nl"],
        "challenges": content["challenges"], "stage": content["stage"], "review_months": "12",
        "seen": str(version.saved), "problem": content.get("problem", {}).get("nl", ""),
        "data-TOTAL_FORMS": "2", "data-INITIAL_FORMS": "0", "data-MIN_NUM_FORMS": "0",
        "data-MAX_NUM_FORMS": "50",
    }  # fmt: skip
    return sent | values


@pytest.mark.parametrize("path", ["", "/geschiedenis", "/versie/1", "/verschil"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_public_anyone_reads(client, published, path, language):
    answer = client.get(f"{BASE.replace('/nl/', f'/{language}/')}{path}")
    assert answer.status_code == 200
    assert "Schulden eerder zien" in answer.content.decode()


@pytest.mark.parametrize("path", ["", "/geschiedenis", "/versie/1", "/verschil", "/ook-gedaan"])
@pytest.mark.parametrize("name", ["nobody", "stranger", "neighbour"])
def test_a_draft_does_not_exist_for_others(client, world, draft, path, name):
    if name != "nobody":
        client.force_login(getattr(world, name))
    assert client.get(f"{BASE}{path}").status_code in (302, 404)
    assert client.get(f"{BASE}{path}", follow=True).status_code in (200, 404)
    assert "Schulden eerder zien" not in client.get(f"{BASE}{path}", follow=True).content.decode()


@pytest.mark.parametrize("path", WORKING)
@pytest.mark.parametrize(
    ("name", "status"),
    [("nobody", 302), ("stranger", 404), ("neighbour", 404), ("member", 404), ("connector", 404)],
)
def test_work_is_for_who_works_on_it(client, world, draft, path, name, status):
    if name != "nobody":
        client.force_login(getattr(world, name))
    assert client.get(f"{BASE}/{path}").status_code == status


@pytest.mark.parametrize(
    ("name", "path", "status"),
    [
        ("writer", "werk", 200), ("writer", "bewerken", 200), ("writer", "voorbeeld", 200),
        ("steward", "werk", 200), ("steward", "bewerken", 403), ("steward", "voorbeeld", 200),
        ("hub", "werk", 200), ("hub", "bewerken", 403), ("hub", "voorbeeld", 200),
        ("writer", "zet/publish", 200), ("writer", "zet/replace", 404), ("writer", "zet/nonsense", 404),
        ("writer", "eerder/1", 404), ("writer", "verschil", 200),
    ],
)  # fmt: skip
def test_which_page_for_whom(client, world, draft, name, path, status):
    client.force_login(getattr(world, name))
    assert client.get(f"{BASE}/{path}").status_code == status


@pytest.mark.parametrize("verb", [v for v in FLOW if v not in ("fall-due", "replace")])
def test_a_move_that_is_not_yours_changes_nothing(client, world, draft, verb):
    client.force_login(world.hub)
    answer = client.post(f"{BASE}/zet/{verb}", {"note": "x", "due": "2099-01-01T10:00"})
    assert answer.status_code in (403, 422)
    assert Version.objects.get().state == State.DRAFT


def test_a_form_that_is_wrong_keeps_what_was_typed(client, world, draft):
    client.force_login(world.writer)
    answer = client.post(
        f"{BASE}/bewerken", posted(draft, partners="Gemeente Gouwda", problem="Nieuwe tekst", title="")
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Nieuwe tekst" in text
    assert "Gemeente Gouwda" in text
    assert Version.objects.get().saved == 1


def test_a_form_saves_all_it_shows_and_keeps_the_rest(client, world, draft):
    content = deepcopy(draft.content) | {
        "summary": {"nl": "Wij kijken.", "en": "We look."},
        "data": [
            {"name": {"nl": "Lijst", "en": "List"}, "origin": ["survey"], "holders": [GOUDA]},
            {"name": {"en": "Only English"}, "origin": ["sensors"]},
        ],
        "actions": ["nl-digitaal-2019/1.1"],
    }
    draft = services.save(draft, content, actor=world.writer, seen=1)
    client.force_login(world.writer)
    sent = posted(
        draft,
        **{
            "partners": "Gouda", "others": "buurtbewoners", "place": "Princenhage", "failed": "De regen.",
            "starter_fit": "yes", "starter_why": "Het is klein.", "note": "Aangevuld",
            "data-0-name": "Lijst van nu", "data-0-origin": ["administration"],
            "data-0-holder": "Gemeente Gouda", "data-1-name": "", "data-2-name": "Foto's",
            "data-2-origin": ["sensors"], "data-2-holder": "Breda, een bureau",
            "data-TOTAL_FORMS": "4", "data-INITIAL_FORMS": "2",
        },
    )  # fmt: skip
    assert client.post(f"{BASE}/bewerken", sent).status_code == 302
    saved = Version.objects.get()
    assert saved.content["summary"] == {"nl": "Wij kijken.", "en": "We look."}
    assert saved.content["data"] == [
        {"name": {"nl": "Lijst van nu", "en": "List"}, "origin": ["administration"], "holders": [GOUDA]},
        {"name": {"en": "Only English"}, "origin": ["not_reported"]},
        {
            "name": {"nl": "Foto's"}, "origin": ["sensors"], "holders": [BREDA],
            "others": {"nl": "een bureau"},
        },
    ]  # fmt: skip
    assert saved.content["organisations"]["others"] == {"nl": "buurtbewoners"}
    assert saved.content["actions"] == ["nl-digitaal-2019/1.1"]
    assert saved.content["starter"] == {"fit": "yes", "why": {"nl": "Het is klein."}}
    assert (saved.note, saved.saved) == ("Aangevuld", 3)


def test_the_other_language_is_written_on_its_own_form(client, world, draft):
    client.force_login(world.writer)
    client.post(f"{BASE}/bewerken", posted(draft, taal="en", title="Seeing debts", summary="We look."))
    content = Version.objects.get().content
    assert content["title"] == {"nl": "Schulden eerder zien", "en": "Seeing debts"}
    assert content["problem"] == {"nl": "Wij zien schulden te laat.", "en": "Wij zien schulden te laat."}


def test_saving_over_another_shows_both_texts(client, world, draft):
    services.save(draft, draft.content | {"problem": {"nl": "Van de een."}}, actor=world.reader, seen=1)
    services.leave(draft, actor=world.reader)
    client.force_login(world.writer)
    answer = client.post(f"{BASE}/bewerken", posted(draft, problem="Van de ander.", seen="1"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Van de ander." in text
    assert "een.</del>" in text
    assert 'name="seen" value="2"' in text
    assert (
        client.post(f"{BASE}/bewerken", posted(draft, problem="Van de ander.", seen="2")).status_code == 302
    )
    assert PastSave.objects.filter(content__problem__nl="Van de een.").exists()


@pytest.mark.parametrize("seen", ["", "0", "-1", "x", "99999999999999999999", "2"])
def test_a_counter_that_is_not_ours_saves_nothing(client, world, draft, seen):
    client.force_login(world.writer)
    assert client.post(f"{BASE}/bewerken", posted(draft, seen=seen)).status_code in (409, 422)
    assert Version.objects.get().saved == 1


def test_html_and_script_are_text_everywhere(client, world, draft):
    texts = {field: {"nl": HOSTILE} for field in ("title", "summary", *wording.TEXTS)}
    content = deepcopy(CONTENT) | texts | {
        "data": [{"name": {"nl": HOSTILE}, "origin": ["survey"], "others": {"nl": HOSTILE}}],
        "starter": {"fit": "no", "why": {"nl": HOSTILE}},
        "place": {"name": HOSTILE},
        "links": [{"title": {"nl": HOSTILE}, "url": "https://example.invalid/\"><script>alert('x')</script>"}],
    }  # fmt: skip
    services.save(draft, content, actor=world.writer, seen=1, note=HOSTILE)
    services.comment(draft, HOSTILE, actor=world.writer)
    carry(draft, world, "submit", "accept", "publish")
    services.report_reuse(
        Practice.objects.get(), GOUDA,
        {"since": "2026", "outcome": "failed", "how": HOSTILE, "language": "nl"}, actor=world.neighbour,
    )  # fmt: skip
    client.force_login(world.writer)
    for page in ("", "/geschiedenis", "/versie/1", "/werk", "/voorbeeld", "/verschil", "/eerder/1"):
        text = client.get(f"{BASE}{page}").content.decode()
        assert "<script>alert" not in text, page
        assert "{{ 7*7 }}" in text or page in ("/geschiedenis", "/verschil"), page
    search = client.get("/nl/praktijken").content.decode()
    assert "<script>alert" not in search


@pytest.mark.parametrize(
    "text", ["\x00", "a\x0bb\x7f", "\ud800".encode("utf-16", "surrogatepass").decode("latin1")]
)
def test_characters_that_nothing_can_show_do_no_harm(client, world, draft, text):
    client.force_login(world.writer)
    assert client.post(f"{BASE}/bewerken", posted(draft, problem=f"x{text}")).status_code in (302, 422)
    assert client.get(f"{BASE}/werk").status_code == 200


def test_the_desk_shows_what_waits_for_whom(client, world, draft):
    def desk(user) -> str:
        client.force_login(user)
        return client.get("/nl/praktijken/werk").content.decode()

    assert "Schulden eerder zien" in desk(world.writer)
    assert "Schulden eerder zien" not in desk(world.neighbour)
    carry(draft, world, "submit")
    assert "Wacht op u als lezer" in desk(world.steward)
    assert "Wacht op u als lezer" not in desk(world.writer)
    carry(draft, world, "accept")
    assert "Wacht op u als hubredacteur" in desk(world.hub)
    assert "Er wacht niets op u" in desk(world.stranger)


def test_a_desk_with_very_much_on_it_shows_a_page_of_it(client, world, draft):
    practices = Practice.objects.bulk_create(Practice(slug=f"p{n}", organisation=BREDA) for n in range(60))
    Version.objects.bulk_create(
        Version(practice=p, number=1, content=CONTENT, changed=timezone.now()) for p in practices
    )
    client.force_login(world.writer)
    text = client.get("/nl/praktijken/werk").content.decode()
    assert text.count("<h3>") == 50
    assert "(61)" in text


def test_who_edits_for_nobody_is_told_how_to(client, world):
    client.force_login(world.stranger)
    answer = client.get("/nl/praktijken/nieuw")
    assert answer.status_code == 403
    assert "/nl/organisaties" in answer.content.decode()


def test_what_is_overdue_says_so(client, world, published):
    Version.objects.update(state=State.REVIEW_DUE, review_due=timezone.localdate() - timedelta(days=3))
    assert "Zij kan verouderd zijn" in client.get(BASE).content.decode()


def test_what_was_withdrawn_answers_gone_and_its_history_is_closed(client, world, published):
    carry(published.versions.get(), world, "withdraw")
    answer = client.get(BASE)
    assert answer.status_code == 410
    assert "omdat het moet" in answer.content.decode()
    assert client.get(f"{BASE}/geschiedenis").status_code == 404
    assert client.get(f"{BASE}/versie/1").status_code == 404


def test_a_text_in_one_language_carries_its_language(client, published):
    text = client.get(BASE.replace("/nl/", "/en/")).content.decode()
    assert '<h1><span lang="nl">Schulden eerder zien</span></h1>' in text
    assert "Not reported." in text


def test_a_page_costs_the_same_however_long_its_history(client, world, published):
    def cost() -> int:
        client.get(BASE)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(BASE).status_code == 200
        return len(queries)

    published.reuses.create(organisation="x", since="2026", outcome="early", how="x", language="nl")
    before = cost()
    for _ in range(3):
        carry(services.new_version(published, actor=world.writer), world, "submit", "accept", "publish")
    for n in range(5):
        published.reuses.create(organisation=f"x{n}", since="2026", outcome="early", how="x", language="nl")
    assert cost() == before


def test_the_template_has_every_column_and_its_choices(client, world):
    book = CalamineWorkbook.from_filelike(BytesIO(client.get("/nl/praktijken/sjabloon.xlsx").content))
    sheets = [book.get_sheet_by_index(i).to_python() for i in range(2)]
    assert sheets[0][0] == [column.nl for column in COLUMNS]
    assert [row[0] for row in sheets[1][1 : len(COLUMNS) + 1]] == [column.nl for column in COLUMNS]
    header = client.get("/en/praktijken/sjabloon.csv").content.decode("utf-8-sig").strip()
    assert header.split(",") == [column.en for column in COLUMNS]


def test_reuse_is_told_on_a_form(client, world, published):
    client.force_login(world.neighbour)
    sent = {"organisation": GOUDA, "since": "2026-03", "outcome": "worked", "how": "Goed.", "language": "nl"}
    assert client.post(f"{BASE}/ook-gedaan", sent | {"since": "2999"}).status_code == 422
    assert client.post(f"{BASE}/ook-gedaan", sent | {"organisation": BREDA}).status_code == 422
    assert client.post(f"{BASE}/ook-gedaan", sent).status_code == 302
    assert "Gemeente Gouda" in client.get(BASE).content.decode()
    client.force_login(world.writer)
    assert client.get(f"{BASE}/ook-gedaan").status_code == 403


def test_who_may_not_is_told_who_may(world, draft, client):
    """The writer sees the page of the text, and is not its second reader."""
    services.move(draft, "submit", actor=world.writer)
    client.force_login(world.writer)
    page = client.post(f"/nl/praktijken/{draft.practice.slug}/zet/accept", {"note": ""})
    assert page.status_code == 403
    assert "een redacteur, beheerder of datasteward van die organisatie" in page.content.decode()
