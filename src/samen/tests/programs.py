# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Programs that processes of the tests import."""

import os
import signal

from samen.protocols import arithmetic, sort
from samen.ring import signed


def sort_and_open(party, dealt):
    x = dealt[party.index]
    _, columns = sort.sort(party, [sort.number_key(party, x, 32)], [x])
    return signed(arithmetic.open_all(party, columns[0], "sorted"))


def die(party, index):
    if party.index == index:
        os.kill(os.getpid(), signal.SIGKILL)
    return arithmetic.multiply(party, party.random(10), party.random(10))


def fail(party, index):
    if party.index == index:
        raise ValueError(f"party {index} cannot read its table")
    return arithmetic.multiply(party, party.random(10), party.random(10))
