# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Three-party protocols, one module per concept.

All are semi-honest with honest majority: no single party learns anything but the openings that a
docstring names, two parties together know everything. Rounds are sequential messages; bytes are those the
busiest party sends, per row. Party i holds components i and i+1.
"""
