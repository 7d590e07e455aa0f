# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Correlated randomness from pairwise AES-CTR keys.

Component j of every sharing is known to parties j and j-1; those two also share the key k_j. Both draw the
same keystream in the same order, because they run the same program, so random components and
sharings of zero cost no communication [Araki et al., CCS 2016].
"""

from __future__ import annotations

import secrets

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from .ring import Words

KEY_BYTES = 16
_ZEROS = bytes(1 << 19)


def fresh_key() -> bytes:
    """A new key from the operating system; one per session, never stored."""
    return secrets.token_bytes(KEY_BYTES)


class Stream:
    """A keystream of 64-bit words: AES-128 in counter mode from counter zero, under a one-session key."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a stream key has {KEY_BYTES} bytes, not {len(key)}")
        self.drawn_bytes = 0
        self._encrypt = Cipher(algorithms.AES(key), modes.CTR(bytes(16))).encryptor().update_into

    def draw(self, count: int) -> Words:
        """The next ``count`` words."""
        out = np.empty(count, dtype=np.uint64)
        self.fill(out)
        return out

    def mask(self, words: Words) -> Words:
        """XOR the next words into a contiguous array, in place: encryption, of what need not be zero."""
        view = words.reshape(-1).view(np.uint8).data
        self.drawn_bytes += len(view)
        self._encrypt(view, view)
        return words

    def fill(self, out: Words) -> None:
        """Overwrite a contiguous array with the next words."""
        view = out.reshape(-1).view(np.uint8).data
        self.drawn_bytes += len(view)
        for start in range(0, len(view), len(_ZEROS)):
            piece = view[start : start + len(_ZEROS)]
            self._encrypt(_ZEROS if len(piece) == len(_ZEROS) else _ZEROS[: len(piece)], piece)
