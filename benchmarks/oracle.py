# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Our findings beside the official shapes, file by file: `python -m benchmarks.oracle SHARED FLANDERS`.

Prints docs/reference/check-oracle.md. FLANDERS is a Turtle file with the first datasets of that catalogue, as
`benchmarks.check` makes it.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bronnen.check.engine import Check
from bronnen.check.model import Finding
from bronnen.tests.check import oracle

FILES = (
    "real/be-ldes-page-0018.trig.gz", "real/be-ldes-page-0027.trig.gz", "real/be-ldes-page-0135.trig.gz",
    "real/de-brandenburg.ttl.gz", "real/de-rostock.rdf.gz", "real/es/E_DCAT-AP-ES_Catalog_NSIP.rdf",
    "real/ckanext-dcat/catalog.rdf", "real/ckanext-dcat/dataset_sweden.rdf", "real/udata/geonetwork.xml",
    "real/udata/udata.xml", "nl/examples/dcatDatasetSeries-1.ttl", "iso-tests/basic_dataset/expected_output.rdf",
    "iso-tests/hvd_dataset_multilingual/expected_output.rdf", "eu/examples/hvd-example-data_service_terms_sla.ttl",
)  # fmt: skip
HEAD = """<!-- SPDX-FileCopyrightText: 2026 The Knooppunt contributors
     SPDX-License-Identifier: EUPL-1.2 -->

# The check beside the official shapes

Made by `python -m benchmarks.oracle ../shared FILE`. Both sides are given the same statements: the export of what was harvested. Compared are focus, path, constraint and value of each finding of `--profile nl --exact` and of pyshacl with the shapes of DCAT-AP 3.0.1 and DCAT-AP-NL (base, recommended, class ranges; two references that lead nowhere taken out, on which the engine stops). A thing without IRI is named by the record that holds it.

| file | ours | shapes | same | only ours | only shapes | explained | CPU s ours | CPU s pyshacl |
|---|---:|---:|---:|---:|---:|---:|---:|---:|
"""
WHY = """
**Only shapes, explained.** Brandenburg's file carries whole vocabularies, among them the statement that every catalogue is a dataset; an engine then asks of catalogues what datasets need. We do not take class hierarchies from catalogues.

A second engine, pyrudof, gives the same keys for things with an IRI (`test_a_second_engine_agrees`).

## What the check tells without `--exact`

On {file}, in numbers of findings:

| rules | findings | why it differs from the shapes |
|---|---:|---|
"""
REASONS = {
    "range": "told only when the value is described as something else; shapes also when it is not described at all",
    "vocabulary": "looked up in our own lists; the shapes need the lists in the same file",
    "temporal": "the specifications ask for existing, typed dates; the shapes do so in one place only",
    "deprecated": "the specification names the replacement; the shapes cannot fail on it",
    "condition": "high value datasets, downloads, Data Governance Act: in no shape",
    "quality": "descriptions and dates in order: in no shape",
    "indicator": "points of the quality score",
}


def main(shared: Path, flanders: Path) -> None:
    """Prints the page."""
    logging.disable(logging.CRITICAL)
    print(HEAD, end="")
    shapes = oracle.shapes(shared, "nl")
    for path in [*(shared / "dcat" / name for name in FILES), flanders]:
        with tempfile.TemporaryDirectory() as work:
            turtle = oracle.collected(path, Path(work))
            began = time.process_time()
            ours = oracle.ours(Path(work), "nl")
            middle = time.process_time()
            theirs = oracle.theirs(turtle, shapes)
            ended = time.process_time()
            alone = theirs - ours
            known = sum(key[0] in oracle.broadened(turtle) for key in alone) if alone else 0
            name = path.name if path == flanders else str(path.relative_to(shared / "dcat"))
            counts = (len(ours), len(theirs), len(ours & theirs), len(ours - theirs), len(alone), known)
            times = f"{middle - began:.2f} | {ended - middle:.2f}"
            print(f"| {name} | {' | '.join(map(str, counts))} | {times} |", flush=True)
            if path == flanders:
                _default(Path(work), name, Counter(key[3] for key in theirs))


def _default(folder: Path, name: str, shapes: Counter[str]) -> None:
    found = Counter(one.rule.constraint for one in Check(folder, "nl").run() if isinstance(one, Finding))
    same = sum(count for constraint, count in found.items() if constraint not in REASONS)
    print(WHY.format(file=name), end="")
    print(f"| presence, number, kind and datatype of values | {same} | the same rules |")
    for constraint, reason in REASONS.items():
        theirs = f" (shapes: {shapes['Class']})" if constraint == "range" else ""
        print(f"| {constraint} | {found[constraint]}{theirs} | {reason} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
