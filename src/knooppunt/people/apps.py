# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

PERSONAL = (
    *("people.User", "people.Membership", "people.Profile", "people.Expertise", "people.Consent"),
    *("people.Claim", "people.Invitation", "catalogue.Follow", "catalogue.Dismissal"),
    *("account.EmailAddress",),
)


class PeopleConfig(AppConfig):
    name = "knooppunt.people"
    verbose_name = _("People")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in
        from django.db.models.signals import post_delete, post_save

        from knooppunt.api import face, portable, tables, tokens
        from knooppunt.catalogue import loading, matching
        from knooppunt.jobs import beats
        from knooppunt.people import accounts, alike, api, memberships, mergers, personal
        from knooppunt.people.cards import register
        from knooppunt.people.loading import load_content
        from knooppunt.people.models import Membership, Organisation, Succession
        from knooppunt.web import navigation, once

        register()
        for model in (Membership, Organisation, Succession):
            for signal in (post_save, post_delete):
                signal.connect(once.forget, sender=model, dispatch_uid=f"people-once-{model.__name__}")
        matching.register_alike(alike.near)
        loading.register("organisations", load_content)
        beats.every(86_400, accounts.forget_sessions)
        beats.every(86_400, accounts.forget_unused)
        beats.every(86_400, memberships.forget)
        beats.every(86_400, mergers.follow)
        personal.register("people", models=PERSONAL, export=accounts.own_data)
        personal.register("api", models=("api.Token",), export=tokens.own_data)
        face.add_router("organisations", api.router)
        portable.register("organisations", "Organisations", order=10, export=api.export, load=api.load)
        tables.register("organisaties", _("Organisations"), api.table)
        navigation.add("people:organisations", _("Organisations"), 40)
        user_logged_in.connect(
            lambda sender, user, **_: accounts.take_warning_back(user),
            weak=False,
            dispatch_uid="people-warning",
        )
