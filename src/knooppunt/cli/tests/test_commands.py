# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Commands as others run them: JSON on stdout, one sentence on stderr when something is wrong."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.utils import timezone
from tests.toykind.models import Toy

from knooppunt import cli
from knooppunt.catalogue import indexing, loading, services
from knooppunt.cli import doctor

# Readers of the log stop before open transactions, so these tests must commit what they do.
pytestmark = pytest.mark.django_db(transaction=True)


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = cli.main(list(arguments))
    said = capsys.readouterr()
    return code, said.out, said.err


def test_search_prints_what_the_site_shows(capsys, make_toy):
    services.publish(make_toy(slug="bal", name_nl="Voetbal", name_en="Football"))
    indexing.ensure()
    code, out, _ = run(capsys, "search", "voetbal", "--json")
    (row,) = json.loads(out)
    assert code == 0
    assert set(row) == {"kind", "id", "title", "url", "score", "why"}
    assert (row["kind"], row["id"], row["title"], row["url"]) == (
        "toy",
        "bal",
        "Voetbal",
        "/nl/speelgoed/bal",
    )
    assert "voetbal" in row["why"]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [(["--lang", "en"], 3), (["--limit", "2"], 2), (["--kind", "toy"], 3), (["--kind", "term"], 0)],
)
def test_search_options(capsys, make_toy, arguments, found):
    services.publish_many([make_toy(text="schulden") for _ in range(3)])
    indexing.ensure()
    _, out, _ = run(capsys, "search", "schulden", "--json", *arguments)
    assert len(json.loads(out)) == found


@pytest.mark.parametrize("arguments", [("search", "schulden"), ("match", "--text", "schulden")])
def test_an_unknown_kind_is_an_error_with_the_known_ones(capsys, make_toy, arguments):
    services.publish(make_toy())
    indexing.ensure()
    code, _, err = run(capsys, *arguments, "--kind", "nothing")
    assert code == 2
    assert "practice, step, term" in err


@pytest.mark.parametrize("query", ["", "(((", "'; --", "\x00", "x" * 50_000])
def test_search_never_fails_on_a_query(capsys, query):
    indexing.ensure()
    assert run(capsys, "search", query, "--json")[:2] == (0, "[]\n")


def test_a_wrong_limit_is_said_in_one_sentence(capsys):
    assert run(capsys, "search", "x", "--limit", "0") == (
        2,
        "",
        "knooppunt search: --limit must be at least 1\n",
    )


def test_evaluate_retrieval(capsys, tmp_path):
    documents, queries = tmp_path / "d.jsonl", tmp_path / "q.jsonl"
    texts = {
        "a": "De gemeente helpt bij schulden.",
        "b": "Het waterschap maait gras.",
        "c": "De trein rijdt.",
    }
    documents.write_text(
        "".join(json.dumps({"answer_id": k, "answer_text": v}) + "\n" for k, v in texts.items())
    )
    queries.write_text(json.dumps({"question": "Wie helpt mij met mijn schuld?", "answer_id": "a"}) + "\n")
    arguments = ("evaluate", "retrieval", "--documents", str(documents), "--queries", str(queries), "--json")
    code, out, _ = run(capsys, *arguments)
    figures = json.loads(out)
    assert (code, figures["n"], figures["ours"]["hit1"]) == (0, 1, 1.0)
    assert set(figures["ours"]) == set(figures["bm25"]) == {"hit1", "hit10", "mrr", "ndcg10"}


def test_evaluate_names_the_line_that_is_wrong(capsys, tmp_path):
    broken = tmp_path / "d.jsonl"
    broken.write_text('{"answer_id": "a", "answer_text": "x"}\nno json\n')
    code, out, err = run(
        capsys, "evaluate", "retrieval", "--documents", str(broken), "--queries", str(broken)
    )
    assert (code, out) == (2, "")
    assert "d.jsonl" in err
    assert "2" in err


def test_load_names_what_there_is(capsys):
    code, _, err = run(capsys, "load", "nonsense")
    assert code == 2
    assert "agenda" in err
    assert "agenda" in loading._loaders


def test_doctor_finds_and_cures(capsys, make_toy):
    services.publish(make_toy())
    code, out, _ = run(capsys, "doctor", "--json")
    findings = {f["check"]: f for f in json.loads(out)}
    assert code == 1
    assert not findings["index"]["ok"]
    assert "knooppunt worker" in findings["index"]["cure"]
    indexing.ensure()
    findings = {f["check"]: f for f in doctor.examine()}
    assert findings["index"]["ok"]
    assert findings["migrations"]["ok"]
    assert findings["database"]["ok"]


def test_doctor_tells_of_a_scheduled_move_that_failed(make_toy):
    services.schedule(make_toy(slug="bal"), "publish", timezone.now())
    Toy.objects.all().delete()
    services.make_due_moves()
    (finding,) = [f for f in doctor.examine() if f["check"] == "scheduled moves"]
    assert not finding["ok"]
    assert "no toy with key bal" in finding["found"]


def test_createadmin_refuses_a_weak_password(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("kort\n"))
    code, _, err = run(capsys, "createadmin", "beheer", "--email", "b@example.org")
    assert code == 2
    assert "12" in err
    monkeypatch.setattr("sys.stdin", io.StringIO("een heel lang wachtwoord\n"))
    assert run(capsys, "createadmin", "beheer", "--email", "b@example.org")[0] == 0


def test_boundaries_from_a_wrong_file(capsys, tmp_path):
    code, _, err = run(capsys, "load", "--boundaries", str(tmp_path / "none.geojson"))
    assert code == 2
    assert "GeoJSON" in err


def test_searching_without_an_index_says_what_to_do(capsys):
    code, out, err = run(capsys, "search", "x", "--json")
    assert (code, out) == (2, "")
    assert "knooppunt load" in err


def test_a_database_without_tables_says_what_to_do(capsys, monkeypatch):
    def no_table() -> None:
        raise OperationalError("no such table: agenda_edition")

    monkeypatch.setitem(loading._loaders, "broken", no_table)
    code, _, err = run(capsys, "load", "broken")
    assert code == 2
    assert "knooppunt doctor" in err


def test_a_mistake_of_ours_keeps_its_traceback(capsys, monkeypatch):
    monkeypatch.setitem(loading._loaders, "broken", {}.popitem)
    with pytest.raises(KeyError):
        cli.main(["load", "broken"])


def test_doctor_sees_mail_that_nobody_would_read(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    found = {}
    for settings.DEMO in (True, False):
        (mail,) = (f for f in doctor.examine() if f["check"] == "mail")
        found[settings.DEMO] = (mail["ok"], "KNOOPPUNT_MAIL_URL" in mail["cure"])
    assert found == {True: (True, False), False: (False, True)}


def test_outputs_check_prints_a_status_and_findings(capsys, tmp_path):
    (tmp_path / "t.csv").write_text("region,count\nA,7\nB,50\n")
    (tmp_path / "p.yaml").write_text("policy: lab\nversion: 1\nminimum_cell: 10\n")
    code, out, _ = run(
        capsys, "outputs", "check", str(tmp_path / "t.csv"), "--policy", str(tmp_path / "p.yaml"), "--json"
    )
    found = json.loads(out)
    assert (code, found["status"]) == (0, "fail")
    assert [(f["check"], f["row"], f["column"]) for f in found["findings"]] == [("threshold", 2, 2)]


def test_outputs_check_says_what_is_no_table(capsys, tmp_path):
    (tmp_path / "t.csv").write_bytes(b"\x7fELF\x00")
    (tmp_path / "p.yaml").write_text("policy: lab\nversion: 1\nminimum_cell: 10\n")
    code, out, err = run(
        capsys, "outputs", "check", str(tmp_path / "t.csv"), "--policy", str(tmp_path / "p.yaml"), "--json"
    )
    assert (code, out) == (2, "")
    assert "not a table" in err


def test_match_prints_what_is_like_a_card_or_a_text(capsys, make_toy):
    for slug in ("een", "twee"):
        services.publish(make_toy(slug=slug, name_nl="Schulden vroeg zien", text="huishoudens met schulden"))
    indexing.ensure()
    code, out, _ = run(capsys, "match", "toy:een", "--json")
    (row,) = json.loads(out)
    assert (code, row["id"], set(row)) == (0, "twee", {"kind", "id", "title", "score", "why"})
    code, out, _ = run(capsys, "match", "--text", "wij zien schulden te laat", "--json")
    assert [row["id"] for row in json.loads(out)] == ["een", "twee"]
    assert run(capsys, "match", "--text", "qqqq", "--json")[:2] == (0, "[]\n")
    code, _, err = run(capsys, "match", "toy:eem", "--json")
    assert (code, "toy:een" in err) == (2, True)
    assert run(capsys, "match", "--json")[0] == 2


def test_evaluate_questions_with_calibration(capsys, tmp_path):
    answers, questions = tmp_path / "a.jsonl", tmp_path / "q.jsonl"
    answers.write_text(
        '{"answer_id": "a", "answer_text": "De gemeente helpt bij schulden."}\n'
        '{"answer_id": "b", "answer_text": "Het waterschap maait gras."}\n'
    )
    questions.write_text(
        '{"question": "Wie helpt bij een schuld?", "answer_id": "a"}\n'
        '{"question": "zzz", "answer_id": "b"}\n'
    )  # fmt: skip
    arguments = ("--answers", str(answers), "--questions", str(questions), "--json")
    code, out, _ = run(capsys, "evaluate", "questions", *arguments)
    figures = json.loads(out)
    assert (code, figures["n"], figures["ours"]["hit1"]) == (0, 2, 0.5)
    assert sum(row["n"] for row in figures["calibration"]) == 2
    unknown, known = figures["calibration"][0], figures["calibration"][-1]
    assert (unknown["said"], unknown["right"], known["right"]) == (0.0, 0.0, 1.0)


def test_redact(capsys):
    code, out, _ = run(capsys, "redact", "--text", "Mail naar k.bos@post.example.com.", "--json")
    assert code == 0
    assert json.loads(out) == {
        "redacted": "Mail naar [e-mailadres].",
        "findings": [
            {
                "kind": "email",
                "start": 10,
                "end": 32,
                "text": "k.bos@post.example.com",
                "why": "heeft de vorm van een e-mailadres",
                "confidence": 0.99,
            }
        ],
    }


def test_evaluate_redaction(capsys):
    code, out, _ = run(capsys, "evaluate", "redaction", "--json")
    assert code == 0
    assert json.loads(out)["cases"] >= 150


def test_mail_in_takes_a_message_from_stdin(capsys, monkeypatch, transactional_db):
    message = b"From: asker@example.invalid\nSubject: Vraag\n\nMag dit?\n"
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(message)))
    code, out, _ = run(capsys, "mail-in", "--json")
    assert (code, json.loads(out)["outcome"]) == (0, "asked")


def test_a_reader_that_stops_reading_is_no_error():
    command = [sys.executable, "-m", "knooppunt.cli", "redact", "--text", "Jan de Vries " * 5_000, "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141
