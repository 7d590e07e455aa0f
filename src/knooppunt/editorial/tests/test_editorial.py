# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The hub's own editors: who comes in, what they publish, what images keep, and that nothing leaves."""

from __future__ import annotations

import io
import re
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.images.models import Image as Kept
from wagtail.models import Page

from knooppunt.catalogue.models import Card, Tombstone
from knooppunt.editorial import images
from knooppunt.editorial.models import FixedPage, NewsPage
from knooppunt.people.models import User
from knooppunt.people.roles import HubRole

pytestmark = pytest.mark.django_db
MAY = {HubRole.MEMBER: 403, HubRole.EDITOR: 200, HubRole.CONNECTOR: 403, HubRole.ADMINISTRATOR: 200}


def person(role: str) -> User:
    return User.objects.create_user(f"staff-{role}", role=role)


def news(**values) -> NewsPage:
    values = {"title": "Er is iets", "slug": "er-is-iets", "language": "nl", "summary": "Kort.", **values}
    page = NewsPage(body=values.pop("body", "<p>Een <b>tekst</b>.</p>"), **values)
    Page.get_first_root_node().add_child(instance=page)
    page.unpublish()
    return page


@pytest.mark.parametrize("role", HubRole)
def test_who_comes_in(client, role):
    client.force_login(person(role))
    assert client.get("/redactie/").status_code == MAY[role]


def test_who_is_nobody_signs_in_on_our_own_page(client):
    answer = client.get("/redactie/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_a_role_that_is_taken_back_closes_the_door_at_once(client):
    user = person(HubRole.EDITOR)
    client.force_login(user)
    assert client.get("/redactie/").status_code == 200
    User.objects.filter(pk=user.pk).update(role=HubRole.MEMBER)
    assert client.get("/redactie/").status_code == 403


@pytest.mark.parametrize(
    "address", ["users/", "groups/", "sites/", "locales/", "settings/", "password_reset/"]
)
def test_accounts_and_settings_are_not_reached_from_there(client, address):
    client.force_login(person(HubRole.ADMINISTRATOR))
    assert client.get(f"/redactie/{address}").status_code in (302, 403, 404)


def test_the_looser_policy_stays_inside(client):
    client.force_login(person(HubRole.EDITOR))
    inside = client.get("/redactie/")["Content-Security-Policy"]
    assert "'unsafe-inline'" in inside
    assert not re.search(r"https?:|\*", inside)
    for address in ("/nl/", "/nl/nieuws", "/redactieloos"):
        assert "unsafe" not in client.get(address)["Content-Security-Policy"]


def test_pages_of_the_editors_name_no_other_server(client):
    client.force_login(person(HubRole.EDITOR))
    page = news()
    root = Page.get_first_root_node()
    for address in (
        "/redactie/", f"/redactie/pages/{root.pk}/", f"/redactie/pages/{page.pk}/edit/", "/redactie/images/",
        f"/redactie/pages/add/editorial/newspage/{root.pk}/", f"/redactie/pages/{page.pk}/history/",
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 200, address
        sources = re.findall(
            r'<(?:script|img|iframe|link)[^>]+(?:src|href)="(https?://[^"]+)"', answer.content.decode()
        )
        assert [url for url in sources if "testserver" not in url] == [], address
        assert "releases.wagtail" not in answer.content.decode()
        assert "gravatar" not in answer.content.decode()


def test_news_is_public_when_it_is_published_and_gone_when_it_is_not(client):
    page = news()
    assert client.get("/nl/nieuws/er-is-iets").status_code == 404
    assert not Card.objects.filter(kind="news").exists()
    page.save_revision().publish()
    answer = client.get("/nl/nieuws/er-is-iets")
    assert answer.status_code == 200
    assert "Een <b>tekst</b>" in answer.content.decode()
    card = Card.objects.get(kind="news")
    assert (card.title_nl, card.language, card.text_nl.strip()) == ("Er is iets", "nl", "Een tekst.")
    assert "Er is iets" in client.get("/en/nieuws").content.decode()
    NewsPage.objects.get().unpublish()
    assert client.get("/nl/nieuws/er-is-iets").status_code == 410
    assert Tombstone.objects.filter(kind="news").exists()


def test_a_draft_of_what_is_public_changes_nothing_public(client):
    page = news()
    page.save_revision().publish()
    page.title = "Nog niet"
    page.save_revision()
    assert "Nog niet" not in client.get("/nl/nieuws/er-is-iets").content.decode()


def test_script_in_a_text_is_no_script(client):
    page = news(title="<script>x</script>", body='<p onclick="x()">a<script>alert(1)</script></p>')
    page.save_revision().publish()
    text = client.get("/nl/nieuws/er-is-iets").content.decode()
    assert "<script>x" not in text
    assert "default-src 'none'" in client.get("/nl/nieuws/er-is-iets")["Content-Security-Policy"]


def test_a_fixed_page_has_an_address_and_no_card(client):
    page = FixedPage(title="Over", slug="over", language="en", summary="About.", body="<p>x</p>")
    Page.get_first_root_node().add_child(instance=page)
    page.save_revision().publish()
    assert page.get_absolute_url() == "/en/pagina/over"
    assert client.get("/en/pagina/over").status_code == 200
    assert not Card.objects.filter(key="over").exists()


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 20), **more) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "red").save(target, kind, **more)
    return target.getvalue()


def test_an_image_keeps_its_pixels_and_loses_what_it_told():
    told = Image.Exif()
    told[0x010F], told[0x0112] = "Camera of someone", 6
    told.get_ifd(0x8825)[1] = "N"
    before = picture(exif=told.tobytes(), comment=b"secret place")
    assert b"Camera of someone" in before
    after = images.redrawn(before)
    assert b"Camera" not in after
    assert b"secret" not in after
    with Image.open(io.BytesIO(after)) as kept:
        assert kept.size == (20, 40), "turned upright, as the metadata asked"
        assert not kept.getexif()


def test_what_is_uploaded_is_what_was_redrawn(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    told = Image.Exif()
    told[0x010F] = "Camera of someone"
    upload = SimpleUploadedFile("a.jpg", picture(exif=told.tobytes()))
    Kept.objects.create(title="a", file=upload)
    (file,) = (tmp_path / "original_images").iterdir()
    assert b"Camera" not in file.read_bytes()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that claims to be this large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "data",
    [
        bomb(100_000, 100_000), bomb(6_000, 5_000), b"", b"GIF89a" + bytes(50), b"<svg onload='x()'/>",
        picture("GIF"), picture("BMP"), picture()[:100], b"\x00" * (images.MOST_BYTES + 1),
    ],
)  # fmt: skip
def test_what_is_no_good_image_is_refused(data):
    with pytest.raises(ValidationError):
        images.redrawn(data)


@pytest.mark.parametrize("kind", images.FORMATS)
def test_each_format_stays_what_it_is(kind):
    with Image.open(io.BytesIO(images.redrawn(picture(kind)))) as kept:
        assert (kept.format, kept.size) == (kind, (40, 20))


@pytest.mark.parametrize("name", ["../knooppunt.sqlite3", "..%2fknooppunt.sqlite3", "/etc/passwd", "", "."])
def test_only_renditions_are_served(client, name):
    assert client.get(f"/media/images/{name}").status_code in (301, 302, 400, 404)
