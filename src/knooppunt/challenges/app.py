# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the societal challenges bring to the hub."""

from django.utils.translation import gettext_lazy as _

from knooppunt.challenges import api
from knooppunt.challenges.cards import KINDS
from knooppunt.challenges.services import load_content
from knooppunt.flow.app import App, Content, Export, Menu

APP = App(
    name="challenges",
    kinds=KINDS,
    api={"challenges": api.router},
    exports={"challenges": Export(30, "Societal challenges", api.export, api.load)},
    content={"challenges": Content(load_content)},
    menu=(Menu("challenges:overview", _("Challenges"), 25),),
)
