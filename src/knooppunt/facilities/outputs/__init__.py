# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""May this output leave? A table is read, its cells are understood, and a facility's policy is applied.

Nothing here knows of requests or people: a file and a policy go in, findings with their cure come out.
"""

from knooppunt.facilities.outputs.checking import Report, check_file, check_tables
from knooppunt.facilities.outputs.policy import OutputPolicy, read_policy
from knooppunt.facilities.outputs.reading import OutputTable, read_tables
from knooppunt.facilities.outputs.releasing import released_workbook

__all__ = [
    "OutputPolicy",
    "OutputTable",
    "Report",
    "check_file",
    "check_tables",
    "read_policy",
    "read_tables",
    "released_workbook",
]
