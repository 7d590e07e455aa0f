# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A check from the form to its removal: who may see it, what it may cost, what is kept."""

from __future__ import annotations

import gzip
import json
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.utils import timezone

from bronnen.tests.check.catalogues import WHOLE
from knooppunt.datacheck import causes, monthly, permissions, policies, running, services
from knooppunt.datacheck.models import MOVES, Monthly, Run, State, hashed, share_token
from knooppunt.jobs.worker import Worker
from knooppunt.web.forms import NotNowError

pytestmark = pytest.mark.django_db(transaction=True)
BAD = WHOLE.replace("dct:creator e:town ;", "").replace('"Loket"', '"Jan Contact"').encode()


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path


def drop(client: Client, content: bytes = BAD, language: str = "nl") -> str:
    """Drop a file and have the worker do its work; gives the address of the result."""
    form = {"profile": "nl", "file": SimpleUploadedFile("catalogus.ttl", content)}
    answer = client.post(f"/{language}/datacheck", form)
    assert answer.status_code == 302, answer.content.decode()
    Worker().run_all()
    return str(answer["Location"])


@pytest.mark.parametrize(("language", "heading"), [("nl", "Herstel dit eerst"), ("en", "Fix this first")])
def test_from_dropped_file_to_downloaded_worklist(client, language, heading):
    address = drop(client, language=language)
    page = client.get(address)
    text = page.content.decode()
    assert heading in text
    assert "catalogus.ttl" in text
    assert page["X-Robots-Tag"] == "noindex"
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]
    for form, start in (("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf"), ("json", b"\x1f\x8b")):
        answer = client.get(f"{address}/herstellijst.{form}")
        assert answer["Content-Disposition"].startswith("attachment")
        assert b"".join(answer).startswith(start)
    assert client.get(f"{address}/herstellijst.exe").status_code == 404


def test_no_contact_and_no_place_of_ours_is_in_what_others_may_see(client, settings):
    address = drop(client)
    run = Run.objects.get()
    kept = json.dumps(run.result) + client.get(address).content.decode()
    kept += gzip.decompress((run.folder / "check.json.gz").read_bytes()).decode()
    assert "Jan Contact" not in kept
    assert str(settings.DATA) not in kept
    assert run.visitor == ""
    assert not running.upload_of(run).exists()


def test_a_publisher_that_may_be_a_person_is_not_named(client):
    package = {"name": "a", "title": "A", "notes": "n", "resources": [], "author": "Pietje Puk"}
    content = json.dumps([package, {**package, "name": "b", "organization": {"title": "Gemeente Voorbeeld"}}])
    address = drop(client, content.encode())
    page = client.get(address).content.decode()
    assert "Gemeente Voorbeeld" in page
    run = Run.objects.get()
    kept = (
        page + json.dumps(run.result) + gzip.decompress((run.folder / "check.json.gz").read_bytes()).decode()
    )
    assert "Pietje" not in kept


def test_progress_needs_no_script_and_can_be_held_still(client):
    run, token = services.start(profile="nl", address="https://e.org/c.ttl", visitor="v")
    waiting = client.get(f"/nl/datacheck/{token}")
    assert waiting["Refresh"] == "3"
    assert "Refresh" not in client.get(f"/nl/datacheck/{token}?stil=1")
    Run.objects.filter(pk=run.pk).update(
        state=State.RUNNING, progress={"stage": "checking", "done": 50, "of": 90}
    )
    assert "50 van 90" in client.get(f"/nl/datacheck/{token}").content.decode()


def test_an_address_in_a_private_network_is_refused(client):
    for address in (
        "http://127.0.0.1:1/c.ttl",
        "http://localhost/c.ttl",
        "http://[::1]/",
        "http://169.254.169.254/x",
    ):
        answer = client.post("/nl/datacheck", {"profile": "nl", "address": address})
        if answer.status_code == 422:
            continue
        Worker().run_all()
        page = client.get(answer["Location"]).content.decode()
        assert "besloten netwerk" in page or "antwoordt niet" in page
    assert Run.objects.filter(state=State.DONE).count() == 0
    assert Run.objects.filter(state=State.FAILED, cause__contains="private").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><body>Niet gevonden</body></html>", "webpagina"),
        (b"", "leeg"),
        (b"zomaar tekst", "geen catalogus"),
        (b"\x1f\x8b\x08broken", "stuk"),
        (b"@prefix a: <a> . <x> a no:thing .", "voorvoegsel"),
    ],
)
def test_what_cannot_be_checked_says_why_and_what_to_do(client, content, said):
    if not content:
        answer = client.post("/nl/datacheck", {"profile": "nl", "file": SimpleUploadedFile("x", b"")})
        assert answer.status_code == 422
        return
    assert said in client.get(drop(client, content)).content.decode()


@pytest.mark.parametrize(
    "form", [{}, {"address": "ftp://e.org"}, {"address": "https://u:p@e.org/"}, {"address": "geen adres"}]
)
def test_a_form_that_is_not_right_starts_nothing(client, form):
    answer = client.post("/nl/datacheck", {"profile": "nl", **form})
    assert answer.status_code == 422
    assert Run.objects.count() == 0


def test_what_is_too_large_is_refused_before_it_is_read(client):
    answer = client.post(
        "/nl/datacheck", b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(200 << 20)
    )
    assert answer.status_code == 413


def test_a_form_needs_its_token():
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/nl/datacheck", {"profile": "nl", "address": "https://e.org/"}).status_code == 403
    assert Run.objects.count() == 0


def test_the_shared_address_shows_and_changes_nothing(client):
    address = drop(client)
    token = address.rsplit("/", 1)[1]
    shared = address.replace(token, share_token(token))
    text = client.get(shared).content.decode()
    assert "Herstel dit eerst" in text
    assert "verwijder" not in text
    for deed in ("verwijder", "maandelijks"):
        assert client.get(f"{shared}/{deed}").status_code == 403
        assert client.post(f"{shared}/{deed}", {"email": "a@e.org"}).status_code == 403
    assert client.post(f"{address}/verwijder").status_code == 302
    assert client.get(shared).status_code == 404
    assert not list((Run(maker=hashed(token)).folder).glob("*"))


def test_tokens_cannot_be_guessed_or_read_from_the_database(client):
    drop(client)
    run = Run.objects.get()
    for guess in (run.maker, run.share, str(run.pk), run.badge, "a" * 43):
        assert client.get(f"/nl/datacheck/{guess}").status_code == 404


def test_what_has_expired_is_gone_with_its_files(client):
    address = drop(client)
    run = Run.objects.get()
    Run.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert client.get(address).status_code == 404
    assert services.forget() == 1
    assert not run.folder.exists()
    assert Run.objects.count() == 0


def test_the_badge_shows_the_newest_score_and_nothing_else(client):
    drop(client)
    run = Run.objects.get()
    answer = client.get(f"/nl/datacheck/badge/{run.badge}.svg")
    text = answer.content.decode()
    assert answer["Content-Type"] == "image/svg+xml"
    assert "/405" in text
    assert "catalogus" not in text
    assert "verlopen" in client.get("/nl/datacheck/badge/none.svg").content.decode()


def test_one_visitor_cannot_keep_the_queue_for_itself():
    for _number in range(policies.MOST_AT_ONCE):
        services.start(profile="nl", address="https://e.org/", visitor="greedy")
    with pytest.raises(NotNowError):
        services.start(profile="nl", address="https://e.org/", visitor="greedy")
    services.start(profile="nl", address="https://e.org/", visitor="other")
    assert [services._take().visitor for _ in range(4)] == ["greedy", "other", "greedy", "greedy"]


def test_the_queue_is_not_endless(monkeypatch):
    monkeypatch.setattr(policies, "MOST_WAITING", 1)
    services.start(profile="nl", address="https://e.org/", visitor="one")
    with pytest.raises(NotNowError):
        services.start(profile="nl", address="https://e.org/", visitor="two")


def test_a_check_whose_worker_died_is_done_again_once():
    run, _token = services.start(profile="nl", address="https://e.org/", visitor="v")
    for attempt in (1, 2):
        assert services._take() is not None
        Run.objects.update(started=timezone.now() - timedelta(hours=1))
        services.give_back_stuck()
        run.refresh_from_db()
        assert run.state == (State.WAITING if attempt == 1 else State.FAILED)


def test_time_and_memory_have_an_end(monkeypatch):
    run, _token = services.start(profile="nl", file=SimpleUploadedFile("x", BAD), visitor="v")
    monkeypatch.setattr(policies, "MOST_SECONDS", 0.01)
    outcome = running.check(run, lambda progress: None)
    assert outcome.cause.startswith("not complete")
    assert "niet op tijd" in causes.say(outcome.cause, "nl")


def test_the_moves_of_a_run_are_complete():
    assert {state for move in MOVES for state in move} == set(State)
    assert not [move for move in MOVES if move[0] in (State.DONE, State.FAILED)]
    with pytest.raises(ValueError, match="cannot end"):
        services._end(Run(), State.WAITING)


def test_only_the_maker_manages():
    with pytest.raises(PermissionDenied):
        permissions.require_maker(permissions.Opened(Run(), is_maker=False))


@override_settings(PUBLIC_URL="http://testserver")
def test_every_month_after_a_confirmed_letter_until_stopped(client):
    address = drop(client)
    Run.objects.update(address="https://e.org/c.ttl")
    client.post(f"{address}/maandelijks", {"email": "reader@e.org"})
    Worker().run_all()
    (letter,) = mail.outbox
    confirm, stop = re.findall(r"http://testserver(/nl/datacheck/\S+)", letter.body)
    asked = Monthly.objects.get()
    assert asked.due is None
    client.get(confirm)
    asked.refresh_from_db()
    assert asked.confirmed is None, "opening the link is not confirming"
    client.post(confirm)
    asked.refresh_from_db()
    assert asked.due > timezone.now() + timedelta(days=29)
    Monthly.objects.update(due=timezone.now() - timedelta(days=1))
    monthly.start_due()
    monthly.start_due()
    run = Run.objects.exclude(monthly=None).get()
    Run.objects.filter(pk=run.pk).update(state=State.DONE, result=Run.objects.first().result)
    monthly.tell_ended()
    monthly.tell_ended()
    Worker().run_all()
    told = mail.outbox[1:]
    assert len(told) == 1
    result, stop_again = re.findall(r"http://testserver(/nl/datacheck/\S+)", told[0].body)
    assert client.get(result).status_code == 200
    assert stop_again == stop
    assert client.get(stop).status_code == 200
    client.post(stop)
    assert Monthly.objects.count() == 0
    assert client.get(stop).status_code == 404


def test_a_file_cannot_be_checked_every_month(client):
    address = drop(client)
    assert client.post(f"{address}/maandelijks", {"email": "reader@e.org"}).status_code == 422
    assert Monthly.objects.count() == 0


def test_wishes_that_nobody_confirms_are_forgotten():
    values = {"address": "https://e.org/", "profile": "nl", "language": "nl", "badge": "b"}
    now = timezone.now()
    Monthly.objects.create(email="a@e.org", confirm="1", stop="1", asked=now - timedelta(days=8), **values)
    Monthly.objects.create(email="b@e.org", confirm="2", stop="2", asked=now, **values)
    Monthly.objects.create(
        email="c@e.org", confirm="3", stop="3", confirmed=now - timedelta(days=366), **values
    )
    assert monthly.forget() == 2
    assert Monthly.objects.get().email == "b@e.org"


def test_a_visitor_has_another_mark_each_day(monkeypatch):
    today = services.visitor_of("192.0.2.1")
    assert "192.0.2.1" not in today
    monkeypatch.setattr(services.timezone, "localdate", lambda: "another day")
    assert services.visitor_of("192.0.2.1") != today
