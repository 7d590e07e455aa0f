# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the toolkit brings to the hub."""

from django.utils.translation import gettext_lazy as _

from knooppunt.flow.app import App, Content, Duty, Export, Menu, Personal
from knooppunt.toolkit import api, api_work, formstates, portable, retention, states, waiting
from knooppunt.toolkit.cards import KINDS
from knooppunt.toolkit.glossary import glossary
from knooppunt.toolkit.services import load_content, load_instruments

APP = App(
    name="toolkit",
    kinds=KINDS,
    states=(states.FLOW, formstates.FLOW),
    api={
        "faqs": api.faq_router,
        "terms": api.term_router,
        "instruments": api_work.instrument_router,
        "steps": api_work.step_router,
        "forms": api_work.form_router,
    },
    exports={
        "toolkit": Export(50, "Answers and definitions", portable.export, portable.load),
        "instruments": Export(51, "Instruments", portable.export_instruments, portable.load_instruments),
        "steps": Export(52, "Step plan", portable.export_steps, portable.load_steps),
    },
    # Names of accounts become empty by themselves (SET_NULL).
    personal={"toolkit": Personal(retention.MODELS, retention.own_data)},
    duties=(Duty(86_400, retention.forget),),
    content={"toolkit": Content(load_content), "instruments": Content(load_instruments)},
    waiting=waiting.WAITING,
    reminders=waiting.REMINDERS,
    menu=(Menu("toolkit:overview", _("Toolkit"), 40),),
    glossary=glossary,
)
