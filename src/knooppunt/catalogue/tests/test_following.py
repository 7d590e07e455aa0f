# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Following and alerts: every change once, to whoever asked, and to nobody else."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import timedelta
from unittest import mock

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.toykind.models import Toy

from knooppunt.catalogue import alerts, following, indexing, services
from knooppunt.catalogue.models import Alert, Follow, LogPosition, OutboxLine
from knooppunt.catalogue.queries import Search
from knooppunt.jobs.worker import Worker
from knooppunt.web import outbound

User = get_user_model()
# Readers of the log stop before open transactions, so these tests must commit what they do.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reader():
    return User.objects.create_user("lezer", "lezer@example.org")


def tell() -> None:
    indexing.ensure()
    alerts.collect()
    Worker().run_all()


def test_a_follower_of_a_card_gets_one_mail_per_change(make_toy, reader):
    toy = make_toy(name_nl="Voetbal")
    following.follow(reader, card=services.publish(toy))
    tell()
    assert mail.outbox == []  # published before it was followed
    services.publish(toy)
    tell()
    tell()
    (message,) = mail.outbox
    assert message.to == ["lezer@example.org"]
    assert "Voetbal" in message.body
    assert toy.slug in message.body


def test_a_follower_of_a_search_hears_only_what_it_finds(make_toy, reader):
    indexing.ensure()
    following.follow(reader, search=Search(text="voetbal"))
    services.publish(make_toy(name_nl="Voetbal"))
    services.publish(make_toy(name_nl="Poppenhuis"))
    tell()
    (message,) = mail.outbox
    assert "Voetbal" in message.body
    assert "Poppenhuis" not in message.body


def test_no_alert_of_what_the_search_does_not_find(make_toy, reader):
    indexing.ensure()
    following.follow(reader, search=Search(text="water kwaliteit"))
    services.publish(make_toy(name_nl="Zwemplekken in open water", name_en=""))
    services.publish(make_toy(name_nl="De kwaliteit van het water", name_en=""))
    tell()
    (message,) = mail.outbox
    assert "De kwaliteit van het water" in message.body
    assert "Zwemplekken" not in message.body


def test_who_stops_is_told_no_more_and_who_starts_is_told(make_toy, reader):
    indexing.ensure()
    made = following.follow(reader, search=Search(text="voetbal"))
    services.publish(make_toy(name_nl="Voetbal"))
    tell()
    following.stop(reader, made.pk)
    following.follow(reader, search=Search(text="poppenhuis"))
    services.publish(make_toy(name_nl="Nog een voetbal"))
    services.publish(make_toy(name_nl="Poppenhuis"))
    tell()
    _, message = mail.outbox
    assert "Poppenhuis" in message.body
    assert "voetbal" not in message.body.lower()


def test_withdrawal_is_told(make_toy, reader):
    toy = make_toy(name_nl="Voetbal")
    following.follow(reader, card=services.publish(toy))
    services.withdraw(toy)
    tell()
    (message,) = mail.outbox
    assert "Voetbal" in message.body
    assert "(ingetrokken)" in message.body


def test_one_change_found_by_two_follows_is_told_once(make_toy, reader):
    toy = make_toy(name_nl="Voetbal")
    indexing.ensure()
    following.follow(reader, card=services.publish(toy))
    following.follow(reader, search=Search(text="voetbal"))
    services.publish(toy)
    tell()
    (message,) = mail.outbox
    assert message.body.count("Voetbal") == 1


def test_a_stop_between_collecting_and_sending_doubles_nothing(make_toy, reader):
    toy = make_toy()
    following.follow(reader, card=services.publish(toy))
    services.publish(toy)
    indexing.ensure()
    alerts.collect()
    LogPosition.objects.update(transaction=0, line=0)  # as if the position had not been written
    alerts.collect()
    Worker().run_all()
    assert (len(mail.outbox), Alert.objects.filter(sent=None).count()) == (1, 0)


def test_sent_alerts_are_forgotten_after_ninety_days(make_toy, reader):
    toy = make_toy()
    following.follow(reader, card=services.publish(toy))
    services.publish(toy)
    tell()
    assert alerts.forget_old() == 0
    Alert.objects.update(sent=alerts.timezone.now() - alerts.timedelta(days=91))
    assert alerts.forget_old() == 1


def test_alerts_wait_for_the_index(make_toy, reader):
    toy = make_toy()
    indexing.ensure()
    following.follow(reader, card=services.publish(toy))
    services.publish(toy)
    assert alerts.collect() == 0
    tell()
    assert len(mail.outbox) == 1


def test_a_webhook_gets_a_signed_body(make_toy, reader, monkeypatch):
    calls = []
    monkeypatch.setattr(
        outbound, "post", lambda url, body, headers: calls.append((url, body, headers)) or 204
    )
    indexing.ensure()
    made = following.follow(reader, search=Search(text="voetbal"), webhook_url="https://example.org/hook")
    services.publish(make_toy(name_nl="Voetbal"))
    tell()
    ((url, body, headers),) = calls
    assert url == "https://example.org/hook"
    assert json.loads(body)["title"] == "Voetbal"
    expected = hmac.new(made.secret.encode(), body, hashlib.sha256).hexdigest()
    assert headers["Knooppunt-Signature"] == f"sha256={expected}"
    assert mail.outbox == []


def test_a_webhook_that_is_down_is_tried_again(make_toy, reader, monkeypatch):
    answers = iter([503, 200])
    monkeypatch.setattr(outbound, "post", lambda *a: next(answers))
    monkeypatch.setattr("knooppunt.jobs.leases.FIRST_WAIT", alerts.timedelta(0))
    indexing.ensure()
    following.follow(reader, search=Search(text="voetbal"), webhook_url="https://example.org/hook")
    services.publish(make_toy(name_nl="Voetbal"))
    tell()
    assert Alert.objects.get().sent is not None


def test_a_webhook_that_is_down_holds_up_no_other_and_piles_up_nothing(make_toy, reader, monkeypatch):
    called = []

    def post(url, body, headers):
        called.append(url)
        if "down" in url:
            raise TimeoutError
        return 204

    monkeypatch.setattr(outbound, "post", post)
    indexing.ensure()
    following.follow(reader, search=Search(text="voetbal"), webhook_url="https://down.example.org/")
    following.follow(reader, search=Search(kinds=("toy",)), webhook_url="https://up.example.org/")
    for _ in range(3):
        services.publish(make_toy(name_nl="Voetbal"))
        tell()
    assert DBTaskResult.objects.filter(status="READY").count() == 1
    DBTaskResult.objects.update(run_after=timezone.now())
    Worker().run_all()
    assert called.count("https://up.example.org/") == 3
    assert Alert.objects.filter(sent=None).count() == 3


def test_what_could_not_be_sent_is_tried_for_three_days(make_toy, reader, monkeypatch):
    monkeypatch.setattr("knooppunt.jobs.leases.MAX_ATTEMPTS", 1)
    monkeypatch.setattr(alerts, "send_mail", mock.Mock(side_effect=ConnectionRefusedError))
    following.follow(reader, card=services.publish(make_toy(slug="bal")))
    services.publish(Toy.objects.get(slug="bal"))
    tell()
    assert DBTaskResult.objects.get().status == "FAILED"
    monkeypatch.undo()
    alerts.try_again()
    assert DBTaskResult.objects.ready().count() == 0  # not yet ten minutes
    OutboxLine.objects.update(at=timezone.now() - timedelta(hours=1))
    alerts.try_again()
    alerts.try_again()
    assert DBTaskResult.objects.ready().count() == 1
    OutboxLine.objects.update(at=timezone.now() - timedelta(days=4))
    Worker().run_all()
    assert mail.outbox == []
    OutboxLine.objects.update(at=timezone.now() - timedelta(days=91))
    assert alerts.forget_old() == 1


@pytest.mark.parametrize(
    "url", ["http://example.org/", "ftp://example.org", "javascript:alert(1)", "https://"]
)
def test_webhooks_must_be_full_https_addresses(reader, url):
    with pytest.raises(following.CannotFollowError):
        following.follow(reader, search=Search(text="x"), webhook_url=url)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/", "https://localhost/", "https://10.0.0.8/", "https://[::1]/",
        "https://169.254.169.254/latest", "http://93.184.216.34/", "https://user:secret@93.184.216.34/",
        "https://0x7f000001/", "https://[::ffff:127.0.0.1]/",
    ],
)  # fmt: skip
def test_webhooks_never_reach_inside(url):
    with pytest.raises(outbound.OutboundRefusedError):
        outbound.post(url, b"", {})


def test_an_empty_search_cannot_be_followed(reader):
    with pytest.raises(following.CannotFollowError):
        following.follow(reader, search=Search())


def test_a_search_that_is_too_long_cannot_be_followed(reader):
    with pytest.raises(following.CannotFollowError):
        following.follow(reader, search=Search(text="é" * 1000))


def test_following_twice_is_following_once_and_has_a_limit(reader, make_toy, monkeypatch):
    card = services.publish(make_toy())
    following.follow(reader, card=card)
    following.follow(reader, card=card)
    assert Follow.objects.count() == 1
    monkeypatch.setattr(following, "MOST_FOLLOWS", 1)
    with pytest.raises(following.CannotFollowError, match="1"):
        following.follow(reader, search=Search(text="meer"))


@pytest.mark.parametrize("given", ["q=schulden", "https://testserver/nl/zoeken?q=schulden"])
def test_a_search_may_be_given_as_the_address_of_its_page(client, reader, given):
    client.force_login(reader)
    client.post("/nl/volgen/zoekvraag", {"search": given, "webhook_url": "https://example.org/hook"})
    assert Follow.objects.get().search == "q=schulden"


def test_who_follows_too_much_is_told_on_the_page(client, reader, make_toy, monkeypatch):
    card = services.publish(make_toy())
    monkeypatch.setattr(following, "MOST_FOLLOWS", 0)
    client.force_login(reader)
    page = client.post("/nl/volgen/kaartje", {"kind": card.kind, "key": card.key}, follow=True)
    assert "Stop eerst met één daarvan" in page.content.decode()
    assert not Follow.objects.exists()


@pytest.mark.parametrize("key", ["\x00", "nergens", "x" * 5000])
def test_following_what_is_not_there_is_no_crash(client, reader, key):
    client.force_login(reader)
    assert client.post("/nl/volgen/kaartje", {"kind": "toy", "key": key}).status_code == 404
    assert client.post("/nl/volgen/zoekvraag", {"search": f"q={key}", "next": "foo"}).status_code == 302


def test_another_webhook_takes_the_place_of_the_first(reader):
    for host in ("een", "twee"):
        made = following.follow(reader, search=Search(text="x"), webhook_url=f"https://{host}.example.org/")
    assert Follow.objects.get().webhook_url == made.webhook_url == "https://twee.example.org/"


def test_nobody_stops_what_another_follows(reader, make_toy):
    made = following.follow(reader, card=services.publish(make_toy()))
    other = User.objects.create_user("ander")
    with pytest.raises(Follow.DoesNotExist):
        following.stop(other, made.pk)
    following.stop(reader, made.pk)
    assert not Follow.objects.exists()
