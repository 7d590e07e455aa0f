# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What may come out: output rules in the computation, suppression, audit, ledger, privacy budget."""
