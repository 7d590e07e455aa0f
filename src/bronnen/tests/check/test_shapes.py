# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Shapes of a user: what is compiled of them, what is not, and that ours ask what the official ones do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bronnen.check import shapes
from bronnen.check.requirements import Plan, Values, plans
from bronnen.cli import main
from bronnen.tests.check.catalogues import WHOLE

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:property
  [ sh:path dct:title ; sh:maxCount 2 ; sh:datatype xsd:string ; sh:message "Zonder taal"@nl,
    "No language"@en ],
  [ sh:path dct:subject ; sh:minCount 1 ; sh:severity sh:Warning ],
  [ sh:path dct:identifier ; sh:pattern "^[0-9]+$" ], [ sh:path dcat:keyword ; sh:in ( "tree" "shrub" ) ],
  [ sh:path dct:temporal ; sh:nodeKind sh:IRI ],
  [ sh:path ( dct:publisher dct:title ) ; sh:minCount 1 ],
  [ sh:path dct:publisher ; sh:equals dct:creator ; sh:pattern "[" ] .
"""


def test_each_constraint_that_is_compiled_finds_what_it_asks(tmp_path, capsys):
    (source := tmp_path / "in.ttl").write_text(WHOLE)
    (given := tmp_path / "shapes.ttl").write_text(SHAPES)
    assert main(["check", str(source), "--shapes", str(given), "--format", "json"]) == 1
    said = capsys.readouterr()
    found = {
        one["rule"]: one for one in json.loads(said.out)["findings"] if one["rule"].startswith("shapes.")
    }
    assert set(found) == {
        "shapes.Dataset.dct:title.datatype", "shapes.Dataset.dct:subject.min",
        "shapes.Dataset.dct:identifier.pattern", "shapes.Dataset.dcat:keyword.in",
        "shapes.Dataset.dct:temporal.iri",
    }  # fmt: skip
    assert found["shapes.Dataset.dct:title.datatype"]["message"] == {"nl": "Zonder taal", "en": "No language"}
    assert found["shapes.Dataset.dct:subject.min"]["severity"] == "warning"
    assert "not checked of these shapes" in said.err
    for name in ("path (1)", "sh:equals (1)", "sh:pattern (1)"):
        assert name in said.err


@pytest.mark.parametrize("text", ["", "not turtle at all", "<http://e.org/a> <http://e.org/b> 1 ."])
def test_shapes_that_ask_nothing_are_refused(tmp_path, capsys, text):
    (source := tmp_path / "in.ttl").write_text(WHOLE)
    (given := tmp_path / "shapes.ttl").write_text(text)
    assert main(["check", str(source), "--shapes", str(given)]) == 2
    assert "shapes.ttl" in capsys.readouterr().err


def asked(found: dict[str, Plan]) -> set[tuple[str, ...]]:
    """Class, property, constraint and value of everything that is asked."""
    rows = set()
    for class_, plan in found.items():
        rows |= {(class_, path, "min", rule.severity) for path, rule in plan.needed.items()}
        for path, values in plan.values.items():
            for name in ("most", "literal", "resource", "datatype", "range"):
                if getattr(values, name):
                    rows.add((class_, path, name, getattr(values, f"{name}_iri", "")))
    return rows


def test_our_tables_ask_what_the_official_shapes_ask(shared: Path):
    folder = shared / "dcat"
    official = asked(shapes.read(folder / "eu/3.0.1-dcat-ap-SHACL.ttl").plans)
    advised = asked(shapes.read(folder / "eu/3.0.1-shapes_recommended.ttl").plans)
    assert asked(plans("eu")) == official | advised
    for name in ("", "-aanbevolen", "-klassebereik", "-klassebereik-codelijsten"):
        official |= asked(shapes.read(folder / f"nl/dcat-ap-nl-SHACL{name}.ttl").plans)
    both = official | advised
    # What the Dutch profile makes mandatory is no longer advice.
    mandatory = {row[:3] for row in both if row[2:] == ("min", "violation")}
    both -= {row for row in both if row[2:] == ("min", "warning") and row[:3] in mandatory}
    assert asked(plans("nl")) == both


def test_every_lookup_is_known_to_the_walk():
    assert {name for name in Values.__slots__ if not name.endswith(("_iri", "_count", "_values"))} == {
        "most", "deprecated", "literal", "resource", "iri", "datatype", "temporal", "range", "vocabulary",
        "list", "allowed", "pattern", "form",
    }  # fmt: skip
