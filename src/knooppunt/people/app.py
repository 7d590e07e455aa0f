# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What organisations and people bring to the hub."""

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _

from knooppunt.api import tokens
from knooppunt.catalogue import matching
from knooppunt.flow.app import App, Content, Duty, Export, Menu, Personal, Table
from knooppunt.people import accounts, alike, api, memberships, mergers
from knooppunt.people.cards import KINDS
from knooppunt.people.loading import load_content
from knooppunt.people.models import Membership, Organisation, Succession
from knooppunt.web import once

PERSONAL = (
    *("people.User", "people.Membership", "people.Profile", "people.Expertise", "people.Consent"),
    *("people.Claim", "people.Invitation", "catalogue.Follow", "catalogue.Dismissal"),
    *("account.EmailAddress",),
)


def _connect() -> None:
    """What is read once in a request is read anew when it changes; who signs in is not forgotten."""
    matching.register_alike(alike.near)
    for model in (Membership, Organisation, Succession):
        for signal in (post_save, post_delete):
            signal.connect(once.forget, sender=model, dispatch_uid=f"people-once-{model.__name__}")
    user_logged_in.connect(_signed_in, dispatch_uid="people-warning")


def _signed_in(sender: object, user: object, **_more: object) -> None:
    accounts.take_warning_back(user)


APP = App(
    name="people",
    kinds=KINDS,
    api={"organisations": api.router},
    exports={"organisations": Export(10, "Organisations", api.export, api.load)},
    tables={"organisaties": Table(_("Organisations"), api.table)},
    personal={
        "people": Personal(PERSONAL, accounts.own_data),
        "api": Personal(("api.Token",), tokens.own_data),
    },
    duties=(
        Duty(86_400, accounts.forget_sessions),
        Duty(86_400, accounts.forget_unused),
        Duty(86_400, memberships.forget),
        Duty(86_400, mergers.follow),
    ),
    content={"organisations": Content(load_content)},
    menu=(Menu("people:organisations", _("Organisations"), 40),),
    also=_connect,
)
