# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

"""The search index of the catalogue, behind one small interface. Knows no Django and no card kinds."""

from knooppunt.catalogue.search.home import IndexHome
from knooppunt.catalogue.search.interface import (
    Hit,
    Index,
    IndexBusyError,
    IndexDamagedError,
    IndexDocument,
    Results,
    SearchQuery,
)
from knooppunt.catalogue.search.standing import Standing

__all__ = [
    "Hit",
    "Index",
    "IndexBusyError",
    "IndexDamagedError",
    "IndexDocument",
    "IndexHome",
    "Results",
    "SearchQuery",
    "Standing",
]
