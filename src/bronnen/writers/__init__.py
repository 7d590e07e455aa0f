# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writers: records given back as DCAT."""

from bronnen.writers.rdf import FORMATS, write

__all__ = ["FORMATS", "write"]
