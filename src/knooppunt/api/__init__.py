# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The API at /api/v1, and the hub's data in bulk. Apps register their routes, parts and tables here."""

VERSION = "1.0.0"
