# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""May this person do this? The maker's address lets one manage the check, the shared one read it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from knooppunt.datacheck.models import Run


@dataclass(frozen=True)
class Opened:
    """A run as this visitor may see it: with the maker's address or with the shared one."""

    run: Run
    is_maker: bool


def require_maker(opened: Opened) -> Run:
    """The run, for its maker; PermissionDenied for who was only shown it."""
    if not opened.is_maker:
        raise PermissionDenied
    return opened.run
