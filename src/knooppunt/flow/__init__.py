# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""How things move from state to state: one table, one check and one history, that every app fills in."""
