# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Our findings beside those of a SHACL engine with the official shapes, on focus, path, constraint and value.

Both are given the same statements: the export of what was harvested. A thing without IRI is named by the
record that holds it and the properties that lead to it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pyrudof
import pyshacl
import rdflib
from rdflib.namespace import RDF, SH

from bronnen import writers
from bronnen.check import walk
from bronnen.check.engine import Check
from bronnen.check.model import Finding
from bronnen.harvest import Options, harvest, records

Key = tuple[str, tuple[str, ...], str, str, str]
SHAPES = {
    "eu": ("eu/3.0.1-dcat-ap-SHACL.ttl", "eu/3.0.1-shapes_recommended.ttl"),
    "nl": (
        "eu/3.0.1-dcat-ap-SHACL.ttl", "eu/3.0.1-shapes_recommended.ttl", "nl/dcat-ap-nl-SHACL.ttl",
        "nl/dcat-ap-nl-SHACL-aanbevolen.ttl", "nl/dcat-ap-nl-SHACL-klassebereik.ttl",
        "nl/dcat-ap-nl-SHACL-klassebereik-codelijsten.ttl",
    ),
}  # fmt: skip
COMPONENT = {
    "min": "MinCount", "advised": "MinCount", "max": "MaxCount", "literal": "NodeKind",
    "resource": "NodeKind", "datatype": "Datatype", "range": "Class", "temporal": "Node",
}  # fmt: skip
#: Constraints of ours that none of the compared shapes has.
OURS_ALONE = ("vocabulary", "deprecated", "condition", "indicator", "quality", "link")


@cache
def shapes(shared: Path, profile: str) -> rdflib.Graph:
    """The official shapes of a profile, without references that lead nowhere: engines stop at those."""
    graph = rdflib.Graph()
    for name in SHAPES[profile]:
        graph.parse(shared / "dcat" / name)
    for subject, shape in list(graph.subject_objects(SH.property)):
        if (shape, None, None) not in graph:
            graph.remove((subject, SH.property, shape))
    return graph


def collected(source: Path, folder: Path) -> Path:
    """The statements of a file as Turtle that any engine reads; the records of that Turtle in `folder`."""
    first = folder / "first"
    harvest([str(source)], first, Options())
    turtle = folder / "export.ttl"
    with turtle.open("wb") as output:
        writers.write(records(first), output, "turtle")
    assert not harvest([str(turtle)], folder, Options())["refused"]
    return turtle


def ours(folder: Path, profile: str) -> set[Key]:
    """What we find when we ask as the shapes do, with the values that are otherwise not told."""
    kept, walk._is_personal = walk._is_personal, lambda path, within: False
    try:
        found = [one for one in Check(folder, profile, exact=True).run() if isinstance(one, Finding)]
    finally:
        walk._is_personal = kept
    keys = set()
    for one in found:
        constraint = one.rule.constraint
        if one.rule.id == "dcat-ap.Catalog.dataset-or-service":
            keys.add((one.focus, one.within, "None", "Or", one.focus))
        elif constraint not in OURS_ALONE and (constraint != "temporal" or _has_shape(one)):
            keys.add((one.focus, one.within, one.path, COMPONENT[constraint], one.value))
    return keys


def _has_shape(finding: Finding) -> bool:
    """Of the rules about dates only one is in the shapes."""
    return finding.rule.id == "dcat-ap-nl.DataService.dct:modified.temporal"


def theirs(turtle: Path, graph: rdflib.Graph) -> set[Key]:
    """What pyshacl finds."""
    data = rdflib.Graph().parse(turtle)
    _, report, _ = pyshacl.validate(data, shacl_graph=graph, inference="none", advanced=False)
    return {
        key for result in report.objects(None, SH.result) if (key := _key(report, result, data)) is not None
    }


def _key(report: Any, result: Any, data: rdflib.Graph) -> Key | None:
    focus = report.value(result, SH.focusNode)
    path = report.value(result, SH.resultPath)
    component = str(report.value(result, SH.sourceConstraintComponent)).rsplit("#", 1)[1]
    value = report.value(result, SH.value)
    said = "" if value is None or isinstance(value, rdflib.BNode) else str(value)
    node, within = _anchor(focus, data)
    return node, within, str(path), component.removesuffix("ConstraintComponent"), said


def _anchor(node: Any, data: rdflib.Graph) -> tuple[str, tuple[str, ...]]:
    path: list[str] = []
    while isinstance(node, rdflib.BNode):
        above = next(data.subject_predicates(node), None)
        if above is None:
            break
        node = above[0]
        path.insert(0, str(above[1]))
    return str(node), tuple(path)


def of_rudof(turtle: Path, graph: rdflib.Graph) -> set[Key]:
    """What pyrudof finds about things with an IRI: its blank nodes are not those of the data."""
    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_shacl(graph.serialize(format="turtle"), pyrudof.ShaclFormat.Turtle)
    rudof.read_data(str(turtle), pyrudof.RDFFormat.Turtle, merge=False)
    rudof.validate_shacl()
    said = rudof.serialize_shacl_validation_results(pyrudof.ResultShaclValidationFormat.NTriples)
    report = rdflib.Graph().parse(data=said, format="nt")
    empty = rdflib.Graph()
    return {
        key
        for result in report.objects(None, SH.result)
        if isinstance(report.value(result, SH.focusNode), rdflib.URIRef)
        and (key := _key(report, result, empty)) is not None
    }


def broadened(turtle: Path) -> set[str]:
    """Things that are of a class only because the file itself says that one class is part of another."""
    data = rdflib.Graph().parse(turtle)
    return {
        str(thing)
        for thing, type_ in data.subject_objects(RDF.type)
        if any(broad != type_ for broad in data.transitive_objects(type_, rdflib.RDFS.subClassOf))
    }
