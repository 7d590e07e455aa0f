# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Speed of the engine on this machine: three processes over loopback, next to MPyC and to physical limits."""
