# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A party takes what the holders left for it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..bits import SharedWords, concatenate_words
from ..errors import UploadError
from ..holder import receive_column, unpack
from ..party import Party
from ..ring import Shared
from .job import Job, Manifest


def receive(party: Party, job: Job, manifest: Manifest, part: str) -> Shared | SharedWords:
    """The shares of one part of an upload."""
    file = job.file(party.index, manifest, part)
    try:
        packed = file.read_bytes()
    except OSError as error:
        raise UploadError(
            f"holder {manifest.holder!r} left no {part} of table {manifest.table!r} for party {party.index} "
            f"({error.strerror}); it must upload again"
        ) from error
    expected = job.binding(manifest, part)
    return receive_column(party, unpack(packed, expected, party.index, manifest.words[part]))


def receive_totals(party: Party, job: Job, table: str) -> Shared:
    """Totals of all holders of a table, (holders, words)."""
    return receive_each(party, job, table, "totals")


def receive_each(party: Party, job: Job, table: str, part: str) -> Shared:
    """A part of equal length at all holders of a table, (holders, words)."""
    parts = [receive(party, job, manifest, part) for manifest in job.of_table(table)]
    numbers = [part for part in parts if isinstance(part, Shared)]
    return Shared(np.stack([n.a for n in numbers]), np.stack([n.b for n in numbers]))


def receive_sums(party: Party, job: Job, table: str, part: str) -> Shared:
    """A part of equal length at all holders of a table, added up."""
    return receive_each(party, job, table, part).sum(axis=0)


def receive_words(party: Party, job: Job, manifests: Sequence[Manifest], part: str) -> SharedWords:
    """An XOR-shared column of all holders, one under another."""
    columns = [receive(party, job, manifest, part) for manifest in manifests]
    return concatenate_words([column for column in columns if isinstance(column, SharedWords)])
