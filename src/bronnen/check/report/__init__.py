# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of the result of a check, each written to a binary stream while the check goes on."""

from collections.abc import Callable
from typing import IO, Final

from bronnen.check.report import csv_, dqv, html, plain, sarif, xlsx
from bronnen.check.run import Result

Writer = Callable[[Result, IO[bytes], str], None]
#: From the name of a form to what writes it; the last argument is the language, `nl` or `en`.
FORMATS: Final[dict[str, Writer]] = {
    "json": plain.write_json, "table": plain.write_table, "csv": csv_.write, "html": html.write,
    "xlsx": xlsx.write, "sarif": sarif.write, "dqv": dqv.write,
}  # fmt: skip

__all__ = ["FORMATS", "Writer"]
