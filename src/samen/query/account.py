# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a run costs the tables that it reads, and which data it is bound to: noted before any opening."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..disclosure.ledger import MOST_REFUSED, Ledger, table_key
from ..problems import Problem, RefusedError
from ..study.model import Privacy, Study, Table
from .job import Manifest
from .plan import Plan


def charge(study: Study, plans: Sequence[Plan], book: Ledger, manifests: Sequence[Manifest] = ()) -> None:
    """Spend what the questions cost of every table that they read, before anything is opened.

    RefusedError when that is too much, or when data are other than before under the same version. Until it
    is settled, the run counts as one that ended half-way.
    """
    bind(study, book, manifests)
    if study.privacy is None:
        _apart(study, plans, book)
    for name in dict.fromkeys(table.name for plan in plans for table in plan.tables):
        if book.refused(name) >= MOST_REFUSED:
            raise RefusedError(too_often(study.tables[name]))
        book.of(table_key(study, name))["refused"] += 1
    for plan in plans:
        if study.privacy is not None:
            _spend(study, study.privacy, plan, book)
        account = book.of(table_key(study, plan.table.name))
        if plan.figures[0].kind == "peer_band":
            mark = plan.figures[0].sql
            if mark in account["commitments"]:
                raise RefusedError(once(plan))
            account["commitments"][mark] = plan.name
    book.write()


def _spend(study: Study, privacy: Privacy, plan: Plan, book: Ledger) -> None:
    for table in plan.tables:
        account = book.of(table_key(study, table.name))
        account["epsilon"] += privacy.epsilon
        if account["epsilon"] > privacy.budget + 1e-9:
            raise RefusedError(spent(plan, table, privacy.budget))


def _apart(study: Study, plans: Sequence[Plan], book: Ledger) -> None:
    """RefusedError where figures of another version of a guarded table are released."""
    for table in {table.name: table for plan in plans for table in plan.tables}.values():
        for key, kept in book.tables.items():
            name, _, version = key.partition(" ")
            other = name == table.name and version != table.version
            if other and table.versions == "guarded" and any(_shown(entry) for entry in kept["released"]):
                raise RefusedError(beside_version(table, version))


def _shown(entry: Mapping[str, Any]) -> bool:
    return bool(np.any(entry["shown"]))


def beside_version(table: Table, other: str) -> Problem:
    return Problem(
        f"table {table.name}: figures of version {other} are released, and beside them those of version "
        f"{table.version} would tell about the units that are new, gone or changed. Ask version {other}, or "
        'let those who sign accept it with versions = "independent"',
        f"tabel {table.name}: van versie {other} zijn cijfers vrijgegeven, en daarnaast zouden die van "
        f"versie {table.version} iets zeggen over eenheden die nieuw, weg of veranderd zijn. Vraag versie "
        f"{other}, of "
        'laat wie tekent het aanvaarden met versions = "independent"',
        table.line or None,
    )


def settle(study: Study, plans: Sequence[Plan], ledger: Path) -> None:
    """The run came to its end: it does not count among those that did not."""
    book = Ledger(ledger)
    for name in dict.fromkeys(table.name for plan in plans for table in plan.tables):
        book.of(table_key(study, name))["refused"] -= 1
    book.write()


def bind(study: Study, book: Ledger, manifests: Sequence[Manifest]) -> None:
    """Remember what the data of a version are bound to; RefusedError when they are other data."""
    problems = []
    for manifest in manifests:
        own = book.of(table_key(study, manifest.table))["data"].setdefault(manifest.holder, {})
        changed = [name for name, mark in manifest.commitments.items() if own.get(name, mark) != mark]
        if changed:
            problems.append(other_data(study.tables[manifest.table], manifest.holder, changed[0]))
        own.update({name: mark for name, mark in manifest.commitments.items() if name not in own})
    if problems:
        raise RefusedError(problems)


def other_data(table: Table, holder: str, column: str) -> Problem:
    return Problem(
        f"table {table.name}: holder {holder} has other data in {column} than before under version "
        f"{table.version}; two answers would tell about the rows that changed. A correction is a new "
        "version: give the table another version, or put the file back",
        f"tabel {table.name}: houder {holder} heeft in {column} andere gegevens dan eerder onder versie "
        f"{table.version}; twee antwoorden zouden iets zeggen over de rijen die anders zijn. Een "
        "verbetering is een nieuwe versie: geef de tabel een andere version, of zet het bestand terug",
        table.line or None,
    )


def too_often(table: Table) -> Problem:
    return Problem(
        f"table {table.name}: {MOST_REFUSED} runs were refused or ended half-way after its data were "
        "uploaded; each may tell a holder whether others have a unit of its own, so no more are made. Those "
        "who sign the study decide, and start a new ledger",
        f"tabel {table.name}: {MOST_REFUSED} berekeningen zijn geweigerd of halverwege gestopt nadat de "
        "gegevens waren aangeleverd; elk kan een houder vertellen of anderen een eenheid van hem hebben, dus "
        "er komen er niet meer. Wie het onderzoek ondertekent beslist, en begint een nieuw register",
        table.line or None,
    )


def spent(plan: Plan, table: Table, budget: float) -> Problem:
    return Problem(
        f"question {plan.name}: the privacy budget {budget:g} of table {table.name}, version "
        f"{table.version}, is spent; averaging repeated answers would undo the noise. Wait for a "
        "new version",
        f"vraag {plan.name}: het privacybudget {budget:g} van tabel {table.name}, versie {table.version}, is "
        "op; het gemiddelde van herhaalde antwoorden zou de ruis wegnemen. Wacht op een nieuwe versie",
        plan.question.line or None,
    )


def once(plan: Plan) -> Problem:
    return Problem(
        f"question {plan.name}: {plan.figures[0].sql} was asked of version {plan.table.version} of table "
        f"{plan.table.name}; each holder takes part once per version, else it could search its peers' "
        "values by "
        "changing its own. Give new data a new version",
        f"vraag {plan.name}: {plan.figures[0].sql} is al gevraagd van versie {plan.table.version} van tabel "
        f"{plan.table.name}; elke houder doet een keer per versie mee, anders kan die de waarden van "
        "anderen zoeken "
        "door de eigen te veranderen. Geef nieuwe gegevens een nieuwe versie",
        plan.question.line or None,
    )
