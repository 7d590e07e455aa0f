# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Questions in SQL: parsed, checked against the study, planned and executed."""
