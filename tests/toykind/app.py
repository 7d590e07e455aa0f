# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What toys bring to the hub."""

from knooppunt.flow.app import App
from tests.toykind.cards import KIND

APP = App(name="toykind", kinds=(KIND,), not_exported="the smallest kind that can be read")
