# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can go wrong, each with its cause and its cure in one sentence."""

from __future__ import annotations


class SamenError(Exception):
    """Base of every error of this package. The text names the cause and the cure."""


class ChannelError(SamenError):
    """Parties cannot exchange messages any more; the run ends on every side."""


class PeerLostError(ChannelError):
    """Another party is gone, or silent for longer than agreed."""


class FrameError(ChannelError):
    """What arrived is not a frame of this protocol: garbled, short or oversized."""


class DisagreementError(ChannelError):
    """Parties run different programs, versions or table shapes."""


class UploadError(SamenError):
    """A holder's upload does not belong here, or its two copies differ."""


class RangeError(SamenError, ValueError):
    """A value lies outside the range that was declared for it."""
