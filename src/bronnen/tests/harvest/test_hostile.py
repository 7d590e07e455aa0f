# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Wrong and hostile input: each is a clear finding that says what to do, and the run goes on."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bronnen.check import NothingToCheckError, check
from bronnen.check import Options as CheckOptions
from bronnen.harvest import Options, harvest, records
from bronnen.tests.check.catalogues import WHOLE
from bronnen.tests.harvest.test_readers import ISO

DCAT = "http://www.w3.org/ns/dcat#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="{RDF}" xmlns:dcat="{DCAT}" xmlns:dct="http://purl.org/dc/terms/">
<dcat:Dataset rdf:about="https://e.org/1"><dct:title>Een</dct:title></dcat:Dataset>
<dcat:Dataset rdf:about="https://e.org/2"><dct:title>Twee</dct:title></dcat:Dataset></rdf:RDF>"""
LD = json.dumps({"@context": {"@vocab": DCAT}, "@graph": [{"@id": "https://e.org/1", "@type": "Dataset"}]})
CKAN = json.dumps({"success": True, "result": {"count": 1, "results": [
    {"name": "a", "title": "A", "notes": "n",
     "resources": [{"url": "https://e.org/a.csv", "format": "CSV"}]}]}})  # fmt: skip
US = json.dumps({"conformsTo": "https://project-open-data.cio.gov/v1.1/schema", "dataset": [
    {"title": "A", "identifier": "a", "accessLevel": "public",
     "distribution": [{"downloadURL": "x"}]}]})  # fmt: skip
CSV = "titel;beschrijving;licentie\nBomen;Alle bomen;CC0\n"
CSW = f"""<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">
<csw:SearchResults numberOfRecordsMatched="2" nextRecord="0">{ISO.format(id="a", level="dataset")}
<csw:Record xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:ows="http://www.opengis.net/ows">
<dc:identifier>b</dc:identifier><dc:title>Twee</dc:title><dc:date>2024</dc:date><dc:URI>https://e.org/x</dc:URI>
<ows:BoundingBox><ows:LowerCorner>3 50</ows:LowerCorner>
<ows:UpperCorner>7 53</ows:UpperCorner></ows:BoundingBox>
</csw:Record></csw:SearchResults></csw:GetRecordsResponse>"""
SEEDS = {
    "c.ttl": WHOLE,
    "c.rdf": XML,
    "c.jsonld": LD,
    "c.json": CKAN,
    "data.json": US,
    "c.csv": CSV,
    "csw.xml": CSW,
}


def run(folder: Path, *sources: Path) -> dict:
    return harvest([str(source) for source in sources], folder / "out", Options())


def placed(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "page.ttl": "<!DOCTYPE html><html><body>Niet gevonden</body></html>",
    "empty.ttl": "",
    "zeros.rdf": b"\x00" * 4096,
    "laughs.rdf": f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "ha">{LAUGHS}]><r>&a9;</r>',
    "outside.rdf": '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>',
    "shape.json": '{"a": [1, {"b": null}], "results": "none"}',
    "numbers.json": "[1, 2, 3]",
    "deep.json": "[" * 100_000,
    "deep.jsonld": '{"@graph": ' + '{"@graph": ' * 50_000,
    "error.json": '{"success": false, "error": {"message": "no"}}',
    "list.csv": "a;b\n1;2\n",
    "odd.bin": bytes(range(256)) * 40,
    "torn.gz": gzip.compress(b"x" * 100_000)[:60],
    "bomb.gz": gzip.compress(b"\n" * (64 << 20)),
    "relative.ttl": "<a> <b> <c> .",
    "prefix.ttl": "x:a x:b x:c .",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_catalogue_says_why_and_what_to_do_and_the_next_source_is_read(
    tmp_path: Path, name: str
) -> None:
    wrong, right = placed(tmp_path, name, HOSTILE[name]), placed(tmp_path, "right.ttl", WHOLE)
    report = run(tmp_path, wrong, right)
    assert report["kept"] == 1
    refused = [one for one in report["refused"] if one["source"] == str(wrong)]
    assert refused
    for one in refused:
        assert one["cause"]
        assert one["cure"].endswith(".")
        assert "passwd" not in json.dumps(one)
        assert "root:" not in json.dumps(one)


def test_a_source_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    (one,) = run(tmp_path, tmp_path / "none.ttl")["refused"]
    assert (one["cause"], one["cure"]) == (
        "no such file", "Check the name; a folder or an address can be given too.",
    )  # fmt: skip


@pytest.mark.parametrize("name", SEEDS)
@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_a_torn_file_of_any_form_is_a_finding_and_no_end(tmp_path: Path, name: str, part: float) -> None:
    whole = SEEDS[name].encode()
    torn = placed(tmp_path, name, whole[: int(len(whole) * part)])
    report = run(tmp_path, torn, placed(tmp_path, "right.ttl", WHOLE))
    assert report["kept"] >= 1
    assert report["refused"] or report["kept"] > 1 or name == "c.csv"
    assert all(one["cure"] for one in report["refused"])


def test_one_bare_ampersand_does_not_take_the_rest_along(tmp_path: Path) -> None:
    report = run(tmp_path, placed(tmp_path, "c.rdf", XML.replace("Een", "Een & twee")))
    assert report["kept"] == 2
    assert len(report["refused"]) == 1


def test_wrong_values_are_findings_of_the_check(tmp_path: Path) -> None:
    text = WHOLE.replace("e:page", "<https://e.org/a page>").replace('"boom"@nl', '"boom"@nl_NL')
    text = text.replace('"2024-02-29"^^xsd:date', '"31-02-2024"^^xsd:date', 1)
    text = text.replace("<http://creativecommons.org/publicdomain/zero/1.0/>", '"gratis te gebruiken"')
    source = placed(tmp_path, "c.ttl", text)
    report = run(tmp_path, source)
    assert (report["kept"], report["refused"]) == (1, [])
    assert len(report["findings"]) == 5
    with check(str(source), CheckOptions()) as result:
        found = {item.rule.id for item in result.items() if hasattr(item, "rule")}
    assert {"dcat-ap.Dataset.dct:issued.temporal", "dcat-ap.Distribution.dct:license.resource"} <= found


def test_catalogues_that_hold_each_other_end(tmp_path: Path) -> None:
    text = "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix e: <https://e.org/> .\n" + "".join(
        f"e:c{n} a dcat:Catalog ; dcat:catalog e:c{(n + 1) % 50}, e:c{n} ; dcat:dataset e:d{n} ."
        f"e:d{n} a dcat:Dataset ."
        for n in range(50)
    )
    report = run(tmp_path, placed(tmp_path, "c.ttl", text))
    assert report["kinds"] == {"Catalogue": 50, "Dataset": 50}
    with check(str(tmp_path / "out"), CheckOptions()) as result:
        assert sum(1 for _ in result.items()) > 100


@pytest.mark.full
def test_a_literal_of_a_gigabyte_does_not_take_the_memory(tmp_path: Path) -> None:
    """In a process with 6 GiB of address space; the literal is read or refused, the process ends well."""
    path = tmp_path / "c.ttl"
    with path.open("wb") as file:
        file.write(
            b'<https://e.org/1> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> "'
        )
        for _ in range(1024):
            file.write(b"x" * (1 << 20))
        file.write(b'" . <https://e.org/2> a <http://www.w3.org/ns/dcat#Dataset> .\n')
    program = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30));"
        "from bronnen.cli import main; import sys; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", program, "harvest", str(path), "--to", str(tmp_path / "out"), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert report["kept"] or report["refused"]


@st.composite
def spoiled(draw: st.DrawFn) -> tuple[str, bytes]:
    """A small catalogue of any form, with pieces cut out, doubled, overwritten or taken from another."""
    name = draw(st.sampled_from(sorted(SEEDS)))
    content = bytearray(SEEDS[name].encode())
    other = SEEDS[draw(st.sampled_from(sorted(SEEDS)))].encode()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = start + draw(st.integers(0, 40))
        piece = draw(
            st.one_of(
                st.binary(max_size=8), st.just(bytes(content[start:end]) * 2), st.just(other[start:end])
            )
        )
        content[start:end] = piece
    return name, bytes(content)


@settings(max_examples=75)
@given(spoiled())
def test_no_spoiled_catalogue_ends_a_run_or_a_check(tmp_path_factory: pytest.TempPathFactory, case) -> None:
    name, content = case
    folder = tmp_path_factory.mktemp("spoiled")
    source = placed(folder, name, content)
    report = run(folder, source)
    assert all(one["cause"] and one["cure"] for one in report["refused"])
    assert not any("reading failed" in one["cause"] for one in report["refused"]), report["refused"]
    assert report["in"] == report["kept"] + report["doubles"] + len(report["refused"])
    assert len(list(records(folder / "out"))) == sum(report["kinds"].values())
    try:
        with check(str(source), CheckOptions()) as result:
            list(result.items())
            json.dumps(result.totals())
    except NothingToCheckError:
        assert report["refused"]
