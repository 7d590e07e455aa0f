# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a holder keeps between runs: its own secret, and the key that the holders agreed on for identifiers.

Masks derive from the secret, the study and the data themselves, as in SIV encryption [Rogaway, Shrimpton,
Eurocrypt 2006]: the same data give the same shares, other data unrelated ones, and no mask ever hides two
values. The common key is sealed for each holder and no party has it; a party that is also a holder does, and
could try identifiers against a column of hashes if it also had a second party's shares.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from ..holder import Seeds
from ..problems import DataError, Problem
from ..randomness import KEY_BYTES, Stream
from ..ring import Words
from ..study.data import TableData
from ..study.model import Table

_BYTES = 32


@dataclass(frozen=True, slots=True)
class Keeping:
    """Of one holder."""

    secret: bytes
    common: bytes
    """Key for identifiers, the same at all holders."""

    def seeds(self, context: str, values: Words) -> Seeds:
        """The seeds of both masks of ``values``."""
        return self._derived(context, values.tobytes(), b"first"), self._derived(
            context, values.tobytes(), b"second"
        )

    def stream(self, context: str, values: Words) -> Stream:
        """Words that look random to others, for padding beside ``values``."""
        return Stream(self._derived(context, values.tobytes(), b"padding"))

    def _derived(self, context: str, data: bytes, use: bytes) -> bytes:
        text = context.encode()
        bound = hmac.digest(self.secret, len(text).to_bytes(8, "big") + text + data, "sha256")
        return HKDFExpand(SHA256(), KEY_BYTES, b"samen " + use).derive(bound)

    def commitments(self, table: Table, data: TableData) -> dict[str, str]:
        """Per column what the data are bound to: the same for the same data, and telling nothing."""
        found = {}
        for name, column in data.columns.items():
            codes = table.columns[name].codes
            values = [codes[v] for v in column.values.tolist()] if codes else column.values.tolist()
            text = json.dumps([table.name, table.version, name, values, column.present.tolist()])
            found[name] = hmac.new(self.secret, text.encode(), hashlib.sha256).hexdigest()
        return found


def fresh_keepings(holders: Sequence[str]) -> dict[str, Keeping]:
    """For holders that have nothing yet."""
    common = secrets.token_bytes(_BYTES)
    return {holder: Keeping(secrets.token_bytes(_BYTES), common) for holder in holders}


def load_keepings(path: Path, holders: Sequence[str]) -> dict[str, Keeping]:
    """What the holders of a rehearsal keep, in one file that stands for one at each; made when absent."""
    try:
        known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        common = bytes.fromhex(known.setdefault("common", secrets.token_hex(_BYTES)))
        own = known.setdefault("secrets", {})
        missing = [holder for holder in holders if holder not in own]
        for holder in missing:
            own[holder] = secrets.token_hex(_BYTES)
        if missing:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as stream:
                json.dump(known, stream)
        return {holder: Keeping(bytes.fromhex(own[holder]), common) for holder in holders}
    except (OSError, ValueError, TypeError) as error:
        raise DataError(
            Problem(
                f"what the holders keep in {path} cannot be read or written ({error}); give --ledger FILE "
                "in a folder where you may write, or restore it from a copy",
                f"wat de houders bewaren in {path} is niet te lezen of te schrijven ({error}); geef --ledger "
                "BESTAND in een map waar u mag schrijven, of zet een kopie terug",
            )
        ) from None


def identifiers(texts: Sequence[str], common: bytes) -> Words:
    """Identifiers as 62-bit words: a keyed hash (BLAKE2b) under the holders' common key.

    Two of n texts meet by accident with probability below n^2 / 2^63.
    """
    digest = b"".join(hashlib.blake2b(text.encode(), digest_size=8, key=common).digest() for text in texts)
    return np.frombuffer(digest, dtype="<u8").astype(np.uint64) >> np.uint64(2)
