# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files with a question: checked by content, seen by who may see the question, gone when it goes."""

from __future__ import annotations

import io
import os
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from knooppunt.helpdesk import attaching, retention, services
from knooppunt.helpdesk.keys import key_of
from knooppunt.helpdesk.models import Attachment, Question
from knooppunt.helpdesk.tests.conftest import make
from knooppunt.web.filechecks import ENDINGS, MOST_BYTES, RefusedError, check, plain_name, sort_out
from knooppunt.web.forms import NotNowError

PDF = b"%PDF-1.7\n1 0 obj << >> endobj"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path / "helpdesk"


def picture(kind: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (3, 3)).save(target, kind)
    return target.getvalue()


def docx() -> bytes:
    target = io.BytesIO()
    Document().save(target)
    return target.getvalue()


def archive(**files: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, text in files.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return target.getvalue()


def with_part(name: str) -> bytes:
    target = io.BytesIO(docx())
    with zipfile.ZipFile(target, "a") as made:
        made.writestr(name, b"x")
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("a.pdf", PDF, "a.pdf"),
        ("a.exe", PDF, "a.exe.pdf"),
        ("foto.jpeg", picture("JPEG"), "foto.jpeg"),
        ("foto", picture("PNG"), "foto.png"),
        ("brief.docx", docx(), "brief.docx"),
        ("tekst.odt", archive(mimetype="application/vnd.oasis.opendocument.text"), "tekst.odt"),
        ("lijst.csv", b"naam;aantal\r\nx;1", "lijst.csv"),
        ("pagina.html", b"Gewone tekst over <b>vet</b>", "pagina.html.txt"),
        ("oud.txt", "caf\xe9".encode("cp1252"), "oud.txt"),
        ("../../etc/pass\u202ewd\r\n", b"x", "passwd.txt"),
    ],
)
def test_what_is_taken_gets_the_ending_of_its_content(name, content, kept):
    checked = check(name, content)
    assert (checked.name, checked.content) == (kept, content)
    assert checked.kind in ENDINGS


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ\x90\x00"), ("a.png", b"\x7fELF\x02"), ("a.txt", b"#!/bin/sh\nrm"), ("a.pdf", b""),
        ("a.png", b"<!DOCTYPE html><html>"), ("a.png", b"\n <!-- x --> <svg xmlns='x'>"),
        ("a.csv", b"<?xml version='1'?>"),
        ("a.txt", b"<script>alert(1)</script>"), ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600),
        ("a.pdf", PDF + b"/JavaScript (app.alert(1))"), ("a.pdf", PDF + b" /Launch "),
        ("a.zip", archive(a_dot_txt="x")),
        ("a.docx", with_part("word/vbaProject.bin")), ("a.docx", with_part("word/embeddings/oleObject1.bin")),
        ("a.docm", archive(**{"[Content_Types].xml": "vnd.ms-word.document.macroEnabled.main+xml"})),
        ("a.odt", archive(mimetype="application/vnd.oasis.opendocument.text", Basic__script_dot_xml="x")),
        ("a.docx", docx()[:200]), ("a.bin", bytes(range(256))), ("a.gz", b"\x1f\x8b\x08" + b"x" * 40),
        ("a.mp4", b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 40), ("a.txt", b"x" * (MOST_BYTES + 1)),
    ],
)  # fmt: skip
def test_what_can_run_or_is_unknown_is_refused_with_a_reason(name, content):
    with pytest.raises(RefusedError) as refused:
        check(name, content)
    assert len(str(refused.value)) > 15


def test_a_sixth_file_is_refused_and_the_good_ones_stay():
    kept, refused = sort_out([("x.exe", b"MZ"), *((f"{n}.pdf", PDF) for n in range(6))])
    assert [file.name for file in kept] == [f"{n}.pdf" for n in range(5)]
    assert [name for name, _reason in refused] == ["x.exe", "5.pdf"]


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_file_is_kept_or_refused(content, name):
    kept, refused = sort_out([(name, content), (name, b"PK\x03\x04" + content)])
    assert len(kept) + len(refused) == 2
    assert all("/" not in plain_name(n) for n, _reason in refused)


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/html")


def ask(client: Client, *files: SimpleUploadedFile):
    return client.post(
        "/nl/helpdesk", {"text": "Mag dit?", "email": "a@example.invalid", "files": list(files)}
    )


def test_a_file_goes_with_the_question_and_only_the_asker_and_the_desk_can_save_it(client, desk, folder):
    assert ask(client, upload("<b>.pdf", PDF)).status_code == 302
    (kept,) = Attachment.objects.all()
    assert [path.name for path in folder.iterdir()] == [kept.file]
    assert client.get(kept.question.get_absolute_url()).content.count(kept.get_absolute_url().encode()) == 1
    response = client.get(kept.get_absolute_url())
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == 'attachment; filename="b.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    for stranger in (Client(), as_user(desk.member)):
        assert stranger.get(kept.get_absolute_url()).status_code == 404
    assert as_user(desk.first).get(kept.get_absolute_url()).status_code == 200
    other = services.ask("Andere", "b@example.invalid", language="nl")
    client.get("/nl/helpdesk/vraag", {"sleutel": key_of(other)})
    assert client.get(f"{other.get_absolute_url()}/bijlage/{kept.pk}").status_code == 404


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_thirty_megabytes_and_a_program_are_refused_and_the_text_stays(client, desk):
    page = ask(client, upload("groot.txt", b"x" * 30_000_000), upload("tool.pdf", b"MZ\x00"))
    text = page.content.decode()
    assert page.status_code == 422
    assert "groot.txt: groter dan 10 MB" in text
    assert "tool.pdf: dit is een programma" in text
    assert "Mag dit?" in text
    assert not Question.objects.exists()


def test_an_error_elsewhere_asks_for_the_files_again(client, desk):
    page = client.post("/nl/helpdesk", {"text": "", "email": "x", "files": [upload("a.pdf", PDF)]})
    assert "Kies uw bestanden opnieuw" in page.content.decode()


def test_files_in_the_conversation_go_along_with_a_joined_answer(client, desk, question):
    like = services.ask("Zelfde", "b@example.invalid", language="nl")
    make(like, "merge", desk.first, into=question.pk)
    make(question, "take", desk.first)
    client.force_login(desk.first)
    address = f"{question.get_absolute_url()}/zet/answer"
    question.refresh_from_db()
    client.post(
        address, {"text": "Zie hier.", "revision": question.revision, "files": [upload("a.pdf", PDF)]}
    )
    assert sorted(Attachment.objects.values_list("question", flat=True)) == sorted([question.pk, like.pk])
    late = services.ask("Ook", "c@example.invalid", language="nl")
    make(late, "merge", desk.first, into=question.pk)
    assert late.attachments.count() == 1
    page = client.post(address, {"text": "Nog een.", "revision": 0, "files": [upload("a.pdf", PDF)]})
    assert "Kies uw bestanden opnieuw" in page.content.decode()


def test_a_question_has_at_most_twenty_files(desk, question):
    files = [check("a.pdf", PDF)] * 5
    for _ in range(4):
        make(question, "tell", None, "Nog meer.", by_key=True, files=files)
    with pytest.raises(NotNowError):
        make(question, "tell", None, "Nog meer.", by_key=True, files=files[:1])


def test_files_go_with_their_question_and_are_in_the_export(desk, folder, django_capture_on_commit_callbacks):
    own = services.ask(
        "Mag dit?", "m@example.invalid", language="nl", actor=desk.member, files=[check("a.pdf", PDF)]
    )
    (told,) = retention.own_data(desk.member)["files"]
    assert (told["name"], told["question"], told["bytes"]) == ("a.pdf", own.pk, len(PDF))
    with django_capture_on_commit_callbacks(execute=True):
        retention.let_go(desk.member)
    assert not Attachment.objects.exists()
    assert list(folder.iterdir()) == []


def test_files_of_what_was_undone_are_swept_away(desk, question, folder):
    attaching.attach(question, [check("a.pdf", PDF)])
    lost = folder / "lost"
    lost.write_bytes(b"x")
    assert attaching.sweep() == 0
    for path in folder.iterdir():
        os.utime(path, (0, time.time() - 2 * attaching.A_DAY))
    assert attaching.sweep() == 1
    assert not lost.exists()
