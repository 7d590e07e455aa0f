# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Each format is read, found by its content, and one bad record spoils only itself."""

import json
from pathlib import Path

import pytest

from bronnen.readers import Refusal, Remark, read
from bronnen.readers.model import Document, Item
from bronnen.records import (
    Catalogue,
    DataService,
    Dataset,
    Iri,
    Literal,
    Series,
    Thing,
    properties,
    text,
    to_line,
)

PREFIXES = "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\n"
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/"'
A = "<https://e.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset>"
TITLE = "<http://purl.org/dc/terms/title>"
SAME = {
    "turtle": PREFIXES + "<https://e.org/a> a dcat:Dataset ; dct:title 'Lamps'@en .",
    "ntriples": f'{A} .\n<https://e.org/a> {TITLE} "Lamps"@en .\n',
    "nquads": f'{A} <https://e.org/g> .\n<https://e.org/a> {TITLE} "Lamps"@en <https://e.org/g> .\n',
    "trig": PREFIXES + "<https://e.org/g> { <https://e.org/a> a dcat:Dataset ; dct:title 'Lamps'@en . }",
    "rdfxml": f'<?xml version="1.0"?><rdf:RDF {RDF}><dcat:Dataset rdf:about="https://e.org/a">'
    '<dct:title xml:lang="en">Lamps</dct:title></dcat:Dataset></rdf:RDF>',
    "jsonld": '{"@context": {"dct": "http://purl.org/dc/terms/"}, "@graph": [{"@id": "https://e.org/a",'
    '"@type": "http://www.w3.org/ns/dcat#Dataset", "dct:title": {"@value": "Lamps", "@language": "en"}}]}',
    "csw": f'<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"><rdf:RDF {RDF}>'
    '<dcat:Dataset rdf:about="https://e.org/a"><dct:title xml:lang="en">Lamps</dct:title></dcat:Dataset>'
    "</rdf:RDF></csw:GetRecordsResponse>",
}
ISO = """<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco">
<gmd:fileIdentifier><gco:CharacterString>{id}</gco:CharacterString></gmd:fileIdentifier>
<gmd:language><gmd:LanguageCode codeListValue="dut"/></gmd:language>
<gmd:hierarchyLevel><gmd:MD_ScopeCode codeListValue="{level}"/></gmd:hierarchyLevel>
<gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation>
<gmd:title><gco:CharacterString>Lantaarnpalen</gco:CharacterString></gmd:title></gmd:CI_Citation></gmd:citation>
</gmd:MD_DataIdentification></gmd:identificationInfo>
<gmd:distributionInfo><gmd:MD_Distribution><gmd:transferOptions><gmd:MD_DigitalTransferOptions><gmd:onLine>
<gmd:CI_OnlineResource><gmd:linkage><gmd:URL>https://e.org/wfs</gmd:URL></gmd:linkage></gmd:CI_OnlineResource>
</gmd:onLine></gmd:MD_DigitalTransferOptions></gmd:transferOptions></gmd:MD_Distribution></gmd:distributionInfo>
</gmd:MD_Metadata>"""


def items(tmp_path: Path, content: str | bytes, name: str = "file") -> list[Item]:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read(Document(path, "https://e.org/source")))


def things(found: list[Item]) -> list[Thing]:
    return [one for one in found if isinstance(one, Thing)]


def refusals(found: list[Item]) -> list[Refusal]:
    return [one for one in found if isinstance(one, Refusal)]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("form", sorted(SAME))
def test_every_syntax_of_dcat_gives_the_same_record(form: str, mark: str, tmp_path: Path) -> None:
    (found,) = items(tmp_path, mark + SAME[form])
    expected = Dataset(
        "https://e.org/a", ("http://www.w3.org/ns/dcat#Dataset",), title=(Literal("Lamps", "en"),)
    )
    assert found == expected


@pytest.mark.parametrize(
    ("broken", "line"),
    [("<https://e.org/x> no:prefix 'x' .", 2), ("<https://e.org/x> dct:title 'x' 'y' .", 2), ("§ .", 2)],
)
def test_a_broken_statement_in_turtle_spoils_only_itself(broken: str, line: int, tmp_path: Path) -> None:
    good = "<https://e.org/{}> a dcat:Dataset .\n"
    found = items(tmp_path, PREFIXES + broken + "\n" + good.format("a") + good.format("b"))
    assert {one.id for one in things(found)} >= {"https://e.org/a", "https://e.org/b"}
    assert refusals(found)[0].position == f"line {line}"
    assert refusals(found)[0].cure


def test_what_stands_before_a_tear_in_xml_is_kept(tmp_path: Path) -> None:
    found = items(tmp_path, SAME["rdfxml"].replace("</rdf:RDF>", "<dcat:Dataset"))
    assert [one.id for one in things(found)] == ["https://e.org/a"]
    assert refusals(found)[0].broken


def test_one_bad_thing_in_json_ld_spoils_only_itself(tmp_path: Path) -> None:
    graph = [{"@id": f"https://e.org/{n}", "@type": "http://www.w3.org/ns/dcat#Dataset"} for n in range(3)]
    graph[1]["@type"] = {"@value": {}}  # type: ignore[assignment]
    found = items(tmp_path, json.dumps({"@context": {}, "@graph": graph}))
    assert [one.id for one in things(found)] == ["https://e.org/0", "https://e.org/2"]
    assert [one.position for one in refusals(found)] == ["element 2"]


def test_a_context_after_the_graph_counts(tmp_path: Path) -> None:
    found = items(
        tmp_path, '{"@graph": [{"@id": "https://e.org/a", "t": "x"}], "@context": {"t": "urn:x:t"}}'
    )
    assert things(found)[0].other == {"urn:x:t": (Literal("x"),)}


def test_a_context_elsewhere_is_taken_from_beside_and_never_fetched(tmp_path: Path) -> None:
    text_ = '{"@context": "https://e.org/context.jsonld", "@id": "https://e.org/a", "t": "x"}'
    assert "not fetched" in refusals(items(tmp_path, text_))[0].cause
    (tmp_path / "context.jsonld").write_text('{"@context": {"t": "urn:x:t"}}')
    assert things(items(tmp_path, text_))[0].other == {"urn:x:t": (Literal("x"),)}


def test_a_language_tag_with_an_underscore_is_kept_as_given(tmp_path: Path) -> None:
    found = items(
        tmp_path, PREFIXES + '<https://e.org/a> a dcat:Dataset ; dct:title "Lamps"@en_US, "no \\"@en_US" .'
    )
    (record,) = things(found)
    assert isinstance(record, Dataset)
    assert set(record.title) == {Literal("Lamps", "en_us"), Literal('no "@en_US')}
    assert any(isinstance(one, Remark) for one in found)


def test_bytes_that_are_not_utf_8_are_read_as_windows_1252(tmp_path: Path) -> None:
    content = (PREFIXES + "<https://e.org/a> a dcat:Dataset ; dct:title 'Café' .").encode("latin-1")
    found = items(tmp_path, content)
    assert text(getattr(things(found)[0], "title")) == "Café"  # noqa: B009
    assert any(isinstance(one, Remark) and "UTF-8" in one.cause for one in found)


def test_datasets_without_iri_are_records_of_their_own_with_a_stable_name(tmp_path: Path) -> None:
    content = PREFIXES + (
        "<https://e.org/c> a dcat:Catalog ; dcat:dataset [ a dcat:Dataset ;"
        " dct:identifier '1' ; dct:title 'A' ],"
        " [ a dcat:Dataset ; dct:title 'B' ] ."
    )
    first, second = (sorted(map(to_line, things(items(tmp_path, content)))) for _ in range(2))
    assert first == second
    records = things(items(tmp_path, content))
    catalogue = next(one for one in records if isinstance(one, Catalogue))
    named = {one.id for one in records if isinstance(one, Dataset)}
    assert {value.iri for value in catalogue.dataset if isinstance(value, Iri)} == named
    renamed = things(items(tmp_path, content.replace("'A'", "'A, renamed'")))
    assert len(named & {one.id for one in renamed}) == 2


@pytest.mark.parametrize(
    "content",
    [
        "_:a <urn:x:p> _:b .\n_:b <urn:x:p> _:a .\n",
        "_:a <urn:x:p> _:a .\n",
        "".join(f"_:n{n} <urn:x:p> _:n{n + 1} .\n" for n in range(300)) + '_:n300 <urn:x:q> "end" .\n',
        PREFIXES + "_:c a dcat:Catalog ; dcat:catalog _:d . _:d a dcat:Catalog ; dcat:catalog _:c .",
    ],
)
def test_cycles_and_depths_of_nameless_things_lose_no_statement(content: str, tmp_path: Path) -> None:
    def statements(one: Thing) -> int:
        inner = [value for _, found in properties(one) for value in found]
        return (
            len(inner)
            + len(one.types)
            + sum(statements(value) for value in inner if isinstance(value, Thing))
        )

    found = items(tmp_path, content)
    expected = content.count(" .") + content.count(" ;") - content.count("@prefix")
    assert sum(statements(one) for one in things(found)) == expected
    assert not refusals(found)


def test_ckan_packages_keep_what_has_no_field(tmp_path: Path) -> None:
    package = {
        "id": "1", "title": "Lamps", "notes": "All lamps", "tags": [{"name": "light"}],
        "license_id": "cc-zero",
        "extras": [{"key": "issued", "value": "2024-01-31"}, {"key": "odd key", "value": "v"}],
        "colour": "red",
        "resources": [{"url": "https://e.org/f.csv", "format": "CSV", "shade": 1}],
    }  # fmt: skip
    found = items(tmp_path, json.dumps({"success": True, "result": {"count": 2, "results": [package, 7]}}))
    (record,) = things(found)
    assert isinstance(record, Dataset)
    assert (text(record.title), text(record.keyword)) == ("Lamps", "light")
    assert record.issued[0] == Literal("2024-01-31", None, "http://www.w3.org/2001/XMLSchema#date")
    assert {iri.split("#")[1] for iri in record.other} >= {"colour", "odd_x0020_key"}
    (form,) = record.distribution
    assert isinstance(form, Thing)
    assert [one.position for one in refusals(found)] == ["element 2"]


def test_json_lines_are_read_line_by_line(tmp_path: Path) -> None:
    lines = ['{"id": "1", "title": "A", "notes": "x"}', "{broken", '{"id": "2", "title": "B", "notes": "x"}']
    found = items(tmp_path, "\n".join(lines))
    assert len(things(found)) == 2
    assert [one.position for one in refusals(found)] == ["line 2"]


def test_dcat_us_is_read_by_its_names_whatever_its_context(tmp_path: Path) -> None:
    content = {
        "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
        "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
        "dataset": [{"title": "A", "identifier": "1", "accessLevel": "public", "publisher": {"name": "Town"},
                     "distribution": [{"downloadURL": "https://e.org/a.csv"}]}],
    }  # fmt: skip
    (record,) = things(items(tmp_path, json.dumps(content)))
    assert isinstance(record, Dataset)
    assert text(record.identifier) == "1"


def test_a_torn_json_list_keeps_what_came_before(tmp_path: Path) -> None:
    found = items(tmp_path, '[{"id": "1", "title": "A", "notes": "x"}, {"id": "2", "tit')
    assert len(things(found)) == 1
    assert refusals(found)[0].broken


@pytest.mark.parametrize(
    ("level", "kind"), [("dataset", Dataset), ("series", Series), ("service", DataService)]
)
def test_iso_19139_gives_the_kind_that_its_level_says(level: str, kind: type[Thing], tmp_path: Path) -> None:
    (record,) = things(items(tmp_path, ISO.format(id="x-1", level=level)))
    assert type(record) is kind
    assert getattr(record, "title") == (Literal("Lantaarnpalen", "nl"),)  # noqa: B009
    field = "endpoint_url" if level == "service" else "distribution"
    if level != "series":
        assert getattr(record, field)


def test_dublin_core_of_a_catalogue_service(tmp_path: Path) -> None:
    content = (
        '<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<csw:Record><dc:identifier>1</dc:identifier><dc:title>Lamps</dc:title><dc:odd>x</dc:odd></csw:Record>"
        "</csw:GetRecordsResponse>"
    )
    (record,) = things(items(tmp_path, content))
    assert isinstance(record, Dataset)
    assert record.other == {"urn:x-bronnen:field:dublin-core#odd": (Literal("x"),)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_any_usual_encoding_and_delimiter(encoding: str, delimiter: str, tmp_path: Path) -> None:
    rows = [
        ["Titel", "Omschrijving", "Licentie", "Kleur"],
        ["Café's", "Waar", "CC0", "rood"],
        ["A", "b", "c", "d", "e"],
    ]
    content = "\n".join(delimiter.join(row) for row in rows).encode(encoding)
    found = items(tmp_path, content, "list.csv")
    (record,) = things(found)
    assert text(getattr(record, "title")) == "Café's"  # noqa: B009
    assert record.other == {"urn:x-bronnen:field:csv#Kleur": (Literal("rood"),)}
    assert [one.position for one in refusals(found)] == ["row 3"]


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("", "empty"),
        ("\x00\x00", "empty"),
        ("<!DOCTYPE html><html><body>Not found</body></html>", "HTML"),
        ("<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'/>", "HTML"),
        ('{"error": {"message": "no"}}', "another shape"),
        ('{"success": false, "error": {}}', "with an error"),
        ('{"a": [1, 2]}', "another shape"),
        ("<feed><entry/></feed>", "neither RDF nor"),
        ("Dear all, see below.", "not known"),
        ("a,b\n1,2\n", "not known"),
        ("# Notes\n\n- one\n- two\n\n# More\n", "Parser error"),
        ('<?xml version="1.0" encoding="utx"?><rdf:RDF ' + RDF + "/>", "encoding that is not known"),
        ("[" * 100_000, "deeply"),
        ("\x89PNG\r\n\x1a\n" + "\x01" * 50, "not known"),
    ],
)
def test_what_is_no_catalogue_is_refused_with_cause_and_cure(
    content: str, cause: str, tmp_path: Path
) -> None:
    (refusal,) = items(tmp_path, content)
    assert isinstance(refusal, Refusal)
    assert cause in refusal.cause
    assert refusal.broken


@pytest.mark.parametrize("root", ["rdf:RDF", "csw:GetRecordsResponse"])
def test_entities_that_grow_are_refused_or_left_unread(root: str, tmp_path: Path) -> None:
    entities = (
        '<!ENTITY a "'
        + "x" * 1000
        + '">'
        + "".join(
            f'<!ENTITY {name} "{("&" + before + ";") * 50}">'
            for before, name in zip("abcdef", "bcdefg", strict=True)
        )
    )
    spaces = RDF + ' xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"'
    body = "<dcat:Dataset rdf:about='https://e.org/a'><dct:title>&g;</dct:title></dcat:Dataset>"
    found = items(tmp_path, f"<?xml version='1.0'?><!DOCTYPE r [{entities}]><{root} {spaces}>{body}</{root}>")
    assert sum(len(str(one)) for one in found) < 10_000
