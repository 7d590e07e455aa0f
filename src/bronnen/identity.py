# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The name of a thing that has no IRI: the same each time that the same source says the same about it."""

import hashlib
import uuid

from bronnen.records import Entry, Literal, Thing, to_line

_NAMES = uuid.UUID("0c1f2d3a-6b0e-5f0e-9d7e-6f1f7a3c5b21")


def urn(*parts: str) -> str:
    """A name-based UUID (RFC 9562, version 5) of these parts."""
    return uuid.uuid5(_NAMES, "\n".join(parts)).urn


def name(record: Thing, catalogue: str) -> str:
    """Its own IRI, else identifier within the catalogue, else a hash of the content."""
    if record.id is not None:
        return record.id
    identifiers = getattr(record, "identifier", ()) if isinstance(record, Entry) else ()
    for value in identifiers:
        if isinstance(value, Literal) and value.value.strip():
            return urn(catalogue, type(record).__name__, value.value.strip())
    return urn(catalogue, digest(to_line(record)))


def digest(line: str) -> str:
    """The content hash of a record's line."""
    return hashlib.blake2b(line.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
