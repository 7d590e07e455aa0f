# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Nothing is lost between a record, its line, each syntax of RDF, and the record that is read back."""

import io
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bronnen import writers
from bronnen.harvest import Options, harvest, records
from bronnen.readers import Document, read
from bronnen.records import Dataset, Iri, Literal, Thing, from_json, to_line
from bronnen.tests.harvest.generate import CATALOGUES, RECORDS

FORMATS = sorted(writers.FORMATS)


def exported(things: list[Thing], format_: str) -> tuple[bytes, list[str]]:
    told: list[str] = []
    output = io.BytesIO()
    writers.write(things, output, format_, told.append)
    return output.getvalue(), told


def reread(text: bytes) -> list[object]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "catalogue"
        path.write_bytes(text)
        return list(read(Document(path, "test")))


@settings(max_examples=50, deadline=None)
@given(RECORDS)
def test_a_line_is_the_record(record: Thing) -> None:
    assert from_json(json.loads(to_line(record))) == record


@pytest.mark.parametrize("format_", FORMATS)
@settings(max_examples=25, deadline=None)
@given(things=CATALOGUES)
def test_what_is_written_reads_as_the_same_records(format_: str, things: list[Thing]) -> None:
    text, told = exported(things, format_)
    assert told == []
    found = {one.id: one for one in reread(text) if isinstance(one, Thing)}
    assert found == {one.id: one for one in things}


@pytest.mark.parametrize("format_", FORMATS)
@settings(max_examples=20, deadline=None)
@given(iri=st.text(max_size=12), text=st.text(max_size=12), language=st.text(max_size=6))
def test_any_text_can_be_written(format_: str, iri: str, text: str, language: str) -> None:
    record = Dataset("https://example.org/a", ("http://www.w3.org/ns/dcat#Dataset",))
    record.landing_page = (Iri(iri),)
    record.title = (Literal(text, language),)
    record.issued = (Literal(text, None, iri),)
    written, _ = exported([record], format_)
    found = [one for one in reread(written) if isinstance(one, Thing)]
    assert [one.id for one in found] == ["https://example.org/a"]


@pytest.mark.parametrize("format_", FORMATS)
def test_what_rdf_cannot_hold_is_made_fit_and_told(format_: str) -> None:
    record = Dataset("https://example.org/a b", ("http://www.w3.org/ns/dcat#Dataset",))
    record.title = (Literal("Title", "en_US"),)
    written, told = exported([record], format_)
    assert len(told) == 2
    (found,) = (one for one in reread(written) if isinstance(one, Dataset))
    assert found.id == "https://example.org/a%20b"
    assert found.title == (Literal("Title", "en-us"),)


@pytest.mark.parametrize("format_", FORMATS)
def test_harvest_export_harvest_gives_the_same_lines(format_: str, tmp_path: Path) -> None:
    source = tmp_path / "in.ttl"
    source.write_text(
        "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> ."
        "<https://e.org/c> a dcat:Catalog ; dcat:dataset [ a dcat:Dataset ; dct:title 'Nameless'@nl ;"
        " dct:spatial [ dcat:bbox 'POINT(1 2)' ] ] ; dcat:dataset <https://e.org/d> ;"
        " dcat:catalog <https://e.org/c> ."
        "<https://e.org/d> a dcat:Dataset ; dct:title 'One', 'Een'@nl ; <https://own.org/x> (1 2) ;"
        " dcat:distribution [ a dcat:Distribution ; dcat:accessURL <https://e.org/f> ] ."
    )
    harvest([str(source)], tmp_path / "one", Options())
    output = tmp_path / "out"
    with output.open("wb") as file:
        writers.write(records(tmp_path / "one"), file, format_)
    harvest([str(output)], tmp_path / "two", Options())
    first, second = (sorted(to_line(one) for one in records(tmp_path / name)) for name in ("one", "two"))
    assert len(first) == 3
    assert first == second
