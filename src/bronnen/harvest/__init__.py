# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Harvest: many formats into one folder of typed records, kept up to date without losing any."""

from bronnen.harvest.run import Options, harvest
from bronnen.harvest.store import BusyError, records

__all__ = ["BusyError", "Options", "harvest", "records"]
