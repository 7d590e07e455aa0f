# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""The evaluation: measures by hand, errors in files, the command, and the real questions."""

import json
import math
from pathlib import Path

import pytest

from bronnen.cli import main
from bronnen.evaluate import InputError, retrieval
from bronnen.evaluate.bm25 import BM25, K1, B
from bronnen.evaluate.measures import measures

SHARED = Path(__file__).parents[3].parent / "shared" / "data" / "cases" / "04-faq"
DOCUMENTS = [
    {"answer_id": "debt", "answer_text": "Bij schulden helpt de <b>gemeente</b> met een plan."},
    {"answer_id": "pass", "answer_text": "Een paspoort is tien jaar geldig."},
    {"answer_id": 3, "answer_text": "De rekenkamer onderzoekt of geld goed besteed is."},
]
QUESTIONS = [
    {"question": "Who helps with debts?", "answer_id": "debt"},
    {"question": "Hoe lang is mijn paspoort geldig?", "answer_id": "pass"},
    {"question": "Wat doet de Rekenkamer?", "answer_id": "3"},
    {"question": "Wat kost een visum?", "answer_id": "absent"},
]


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return write(tmp_path / "d.jsonl", DOCUMENTS), write(tmp_path / "q.jsonl", QUESTIONS)


def test_measures_by_hand() -> None:
    found = measures([1, 2, 11, None])
    assert found == {
        "hit1": 0.25,
        "hit10": 0.5,
        "mrr": round((1 + 1 / 2 + 1 / 11) / 4, 4),
        "ndcg10": round((1 + 1 / math.log2(3)) / 4, 4),
    }


def test_bm25_by_hand() -> None:
    index = BM25(["een twee", "twee drie drie vier"])
    rarity = math.log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    expected = rarity * 2 * (K1 + 1) / (2 + K1 * (1 - B + B * 4 / 3))
    assert index.scores("DRIE")[1] == pytest.approx(expected)
    assert index.order("drie") == [1]
    assert index.order("twee") == [0, 1]
    assert index.order("vijf") == []


def test_both_are_measured_in_one_run(files: tuple[Path, Path]) -> None:
    result = retrieval(*files)
    assert result["n"] == 4
    assert result["ours"] == {"hit1": 0.75, "hit10": 0.75, "mrr": 0.75, "ndcg10": 0.75}
    assert result["bm25"]["hit1"] == 0.5


def test_the_command_prints_json(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["evaluate", "retrieval", "--documents", str(files[0]), "--queries", str(files[1])]
    assert main([*arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == retrieval(*files)
    assert main(arguments) == 0
    assert "ours" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b"{", "line 2: no JSON"),
        (b"[1]", "line 2: a list and no object"),
        (b'{"answer_id": "x"}', "line 2: 'answer_text' is missing"),
        (b'{"answer_id": "", "answer_text": "a"}', "line 2: 'answer_id' is missing"),
        (b'{"answer_id": "debt", "answer_text": "a"}', "line 2: answer_id 'debt' is used before"),
        (b'{"answer_id": "x", "answer_text": "\xff"}', "line 2: not UTF-8 at byte 3"),
        (b"[" * 100_000, "line 2: no JSON"),
    ],
)
def test_a_wrong_line_is_named_with_its_cure(
    files: tuple[Path, Path], line: bytes, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = files[0].with_name("wrong.jsonl")
    wrong.write_bytes(files[0].read_bytes().splitlines(keepends=True)[0] + line + b"\n")
    with pytest.raises(InputError, match="wrong.jsonl, " + complaint):
        retrieval(wrong, files[1])
    assert main(["evaluate", "retrieval", "--documents", str(wrong), "--queries", str(files[1])]) == 2
    assert complaint in capsys.readouterr().err


def test_empty_and_absent_files_are_named(files: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(InputError, match="no documents; write"):
        retrieval(tmp_path / "empty.jsonl", files[1])
    with pytest.raises(InputError, match="no questions; write"):
        retrieval(files[0], tmp_path / "empty.jsonl")
    with pytest.raises(InputError, match="give the path"):
        retrieval(tmp_path / "absent.jsonl", files[1])


@pytest.mark.skipif(not SHARED.is_dir(), reason="not run: ../shared is absent")
@pytest.mark.parametrize(
    ("name", "lang", "gain"),
    [
        ("rijksoverheid_vac", None, 0.0),
        ("bag_faq", None, 0.0),
        ("coronacheck", "en", 0.15),
        ("coronamelder", "en", 0.15),
        pytest.param("kamervragen", None, 0.05, marks=pytest.mark.full),
    ],
)
def test_real_questions_find_their_answers_better_than_with_bm25(
    name: str, lang: str | None, gain: float
) -> None:
    result = retrieval(SHARED / f"{name}.answers.jsonl", SHARED / f"{name}.questions.jsonl", lang=lang)
    assert result["ours"]["mrr"] >= result["bm25"]["mrr"] + gain
