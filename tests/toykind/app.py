# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What toys, and designs of toys that people write together, bring to the hub."""

from knooppunt.flow.app import App, Export, Personal
from tests.toykind import api, waiting
from tests.toykind.cards import DESIGN, KIND
from tests.toykind.states import FLOW

APP = App(
    name="toykind",
    kinds=(KIND, DESIGN),
    states=(FLOW,),
    api={"designs": api.router},
    exports={"designs": Export(90, "Designs", api.export, api.load)},
    personal={"toykind": Personal(waiting.MODELS, waiting.own_data)},
    waiting=waiting.WAITING,
)
