# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A fuzzer for the mapping layer, led by coverage: `python -m bronnen.tests.fuzz SECONDS`."""
