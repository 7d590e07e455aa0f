# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits of designs, for whoever brings people together; and what is a person's to take away."""

from collections.abc import Iterator
from typing import Any

from knooppunt.catalogue.wording import words
from knooppunt.flow.waiting import Desk, Row, Waiting
from tests.toykind.models import Step, Version
from tests.toykind.states import State


def unread(user: Any) -> Iterator[Row]:
    """Designs that nobody read as second yet."""
    for version in Version.objects.filter(state=State.SUBMITTED).select_related("design").order_by("changed"):
        address = version.design.get_absolute_url()
        yield Row(words(version.title).text, version.design.organisation, version.changed, address)


WAITING = (Waiting("designs", "Designs without a reader", unread, Desk.CONNECTOR, 90, "Find a reader"),)
MODELS = ("toykind.Version", "toykind.Step")


def own_data(user: Any) -> dict[str, Any]:
    return {
        "wroteIn": list(Version.objects.filter(writers=user).values_list("design__slug", flat=True)),
        "moves": list(Step.objects.filter(actor=user).values("version__design__slug", "verb", "note")),
    }
