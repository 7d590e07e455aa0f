# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sources, measured beside their peers in the same run: `python -m benchmarks.check [SHARED]`.

Each row runs in a process of its own, so that peaks of memory are its own; CPU seconds and not those of the
clock are compared. The first 1,000 datasets of Flanders are those that come first in its file.
"""

from __future__ import annotations

import json
import lzma
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from bronnen.memory import peak_mb

CATALOGUE = "dcat/real/be-vlaanderen.ttl.xz"
AIMS = (
    ("parse and map all of Flanders, times as fast as rdflib", "rdflib", "read", 20.0),
    ("check of its first 1,000 datasets (nl + MQA), times as fast as pyshacl", "pyshacl", "check", 10.0),
    ("harvest of unchanged Flanders, times as fast as the first", "harvest", "again", 20.0),
)


def main(shared: Path) -> int:
    """Prints a list of figures and whether the aims are met."""
    if not (shared / CATALOGUE).is_file():
        print("- not run: ../shared is absent")
        return 0
    with tempfile.TemporaryDirectory() as work:
        whole, first = Path(work) / "flanders.ttl", Path(work) / "flanders-first-1000.ttl"
        # Apart too: the peak of a process is not less than that of the one that started it.
        _apart("prepare", str(whole), work, str(shared))
        found = {
            name: _apart(name, str(path), work, str(shared))
            for name, path in (
                ("rdflib", whole), ("read", whole), ("pyshacl", first), ("check", first), ("harvest", whole),
                ("again", whole), ("check_all", whole), ("check_half", whole),
            )
        }  # fmt: skip
    for name, (seconds, peak, count) in found.items():
        print(f"- {name}: {seconds:.2f} s of CPU, peak {peak:.0f} MiB, {count}")
    for title, slow, fast, aim in AIMS:
        times = found[slow][0] / found[fast][0]
        print(f"- {title}: {times:.1f} (aim {aim:.0f}: {'met' if times >= aim else 'not met'})")
    return 0


def first_datasets(whole: Path, into: Path, number: int) -> None:
    """The first datasets of a catalogue with all that they lead to, and the catalogue itself."""
    import pyoxigraph as ox

    dcat, type_ = "http://www.w3.org/ns/dcat#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    about: dict[Any, list[Any]] = defaultdict(list)
    kinds: dict[Any, set[str]] = defaultdict(set)
    datasets = []
    for quad in ox.parse(path=str(whole), format=ox.RdfFormat.TURTLE, lenient=True):
        about[quad.subject].append(quad)
        if quad.predicate.value == type_:
            kinds[quad.subject].add(quad.object.value)
            if quad.object.value == dcat + "Dataset":
                datasets.append(quad.subject)
    chosen, listed = set(datasets[:number]), {dcat + "Dataset", dcat + "Catalog"}
    waiting, kept = list(chosen), set()
    triples = [
        quad.triple
        for subject, classes in kinds.items()
        if dcat + "Catalog" in classes
        for quad in about[subject]
        if quad.predicate.value != dcat + "dataset" or quad.object in chosen
    ]
    while waiting:
        subject = waiting.pop()
        if subject not in kept:
            kept.add(subject)
            triples += [quad.triple for quad in about[subject]]
            waiting += [
                q.object for q in about[subject]
                if type(q.object) is not ox.Literal and q.object in about and not kinds[q.object] & listed
            ]  # fmt: skip
    ox.serialize(triples, str(into), ox.RdfFormat.TURTLE)


def _apart(name: str, *arguments: str) -> tuple[float, float, str]:
    command = [sys.executable, "-m", "benchmarks.check", "--one", name, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ))
    seconds, peak, count = json.loads(done.stdout.splitlines()[-1])
    return seconds, peak, count


def one(name: str, path: str, work: str, shared: str) -> None:
    """One measurement: CPU seconds, peak memory, what was counted."""
    prepared = PREPARE[name](Path(path), Path(work), Path(shared)) if name in PREPARE else None
    started = time.process_time()
    count = RUN[name](Path(path), Path(work), prepared)
    seconds = time.process_time() - started
    print(json.dumps([seconds, peak_mb(), count]))


def _unpacked(path: Path, work: Path, shared: Path) -> None:
    path.write_bytes(lzma.decompress((shared / CATALOGUE).read_bytes()))


def _first(path: Path, work: Path, _: Any) -> str:
    first_datasets(path, work / "flanders-first-1000.ttl", 1000)
    return "1000 datasets"


def _rdflib(path: Path, work: Path, _: Any) -> str:
    """The usual route: a graph in memory, then for each thing its properties into a record."""
    import logging

    import rdflib

    from bronnen.records import Iri, Literal, build

    logging.disable(logging.CRITICAL)
    graph = rdflib.Graph().parse(path, format="turtle")

    def value(term: Any, depth: int) -> Any:
        if isinstance(term, rdflib.URIRef):
            return Iri(str(term))
        if isinstance(term, rdflib.Literal):
            return Literal(str(term), term.language, str(term.datatype) if term.datatype else None)
        return thing(term, None, depth + 1)

    def thing(subject: Any, id_: str | None, depth: int) -> Any:
        types, found = [], defaultdict(list)
        for predicate, term in graph.predicate_objects(subject):
            if predicate == rdflib.RDF.type:
                types.append(str(term))
            elif depth < 32:
                found[str(predicate)].append(value(term, depth))
        return build(id_, tuple(types), found)

    records = sum(
        thing(s, str(s), 0) is not None for s in graph.subjects(unique=True) if isinstance(s, rdflib.URIRef)
    )
    return f"{records} records"


def _read(path: Path, work: Path, _: Any) -> str:
    from bronnen.readers import Document, read

    return f"{sum(1 for _ in read(Document(path, str(path))))} records"


def _shapes(path: Path, work: Path, shared: Path) -> Any:
    import logging

    from bronnen.tests.check.oracle import shapes

    logging.disable(logging.CRITICAL)
    return shapes(shared, "nl")


def _pyshacl(path: Path, work: Path, shapes: Any) -> str:
    import pyshacl
    import rdflib
    from rdflib.namespace import SH

    data = rdflib.Graph().parse(path, format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    return f"{len(list(report.objects(None, SH.result)))} findings"


def _check(path: Path, work: Path, _: Any) -> str:
    """From the file to findings and scores: reading is part of it on both sides."""
    from bronnen.check import Options, check

    with check(str(path), Options()) as result:
        findings = sum(hasattr(item, "rule") for item in result.items())
    return f"{findings} findings"


def _harvest(path: Path, work: Path, _: Any) -> str:
    from bronnen.harvest import Options, harvest

    report = harvest([str(path)], work / "records", Options())
    return f"{report['kept']} kept, {report['sources'][0]['result']}"


def _check_folder(path: Path, work: Path, _: Any) -> str:
    return _check(work / "records", work, None)


def _half(path: Path, work: Path, shared: Path) -> Path:
    """Every second record, so that growth with the catalogue shows."""
    (folder := work / "half").mkdir()
    for file in (work / "records").glob("*.ndjson"):
        with file.open("rb") as lines, (folder / file.name).open("wb") as output:
            output.writelines(line for number, line in enumerate(lines) if number % 2)
    return folder


def _check_half(path: Path, work: Path, folder: Any) -> str:
    return _check(folder, work, None)


PREPARE: dict[str, Any] = {"prepare": _unpacked, "pyshacl": _shapes, "check_half": _half}
RUN: dict[str, Any] = {
    "prepare": _first, "rdflib": _rdflib, "read": _read, "pyshacl": _pyshacl, "check": _check, "harvest": _harvest,
    "again": _harvest, "check_all": _check_folder, "check_half": _check_half,
}  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(*sys.argv[2:])
    else:
        sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else Path("../shared")))
