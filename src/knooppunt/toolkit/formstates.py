# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The states of a form that a team fills in, and whose each move is, as data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from knooppunt.flow.table import Flow, Page, Verb, to


class FormState(models.TextChoices):
    DRAFT = "draft", _("being filled in")
    SUBMITTED = "submitted", _("waits for the privacy officer")
    SIGNED = "signed", _("signed")
    REFUSED = "refused", _("refused")


class Party(models.TextChoices):
    """Whose a move is; `working.parties` says which persons that are."""

    TEAM = "team", _("someone with a role at the organisation")
    OFFICER = "officer", _("the privacy officer of the organisation")
    COLLEAGUE = "colleague", _("who was invited to this form and accepted")


FLOW = Flow(
    kind="form",
    states=FormState,
    parties=Party,
    not_now=_("This cannot be done while the form is: %(state)s."),
    verbs={
        "submit": Verb(
            _("Send to the privacy officer"),
            to(FormState.SUBMITTED, FormState.DRAFT, by=Party.TEAM),
            tells=frozenset({Party.OFFICER}),
        ),
        "take-back": Verb(
            _("Take back to go on filling in"), to(FormState.DRAFT, FormState.SUBMITTED, by=Party.TEAM)
        ),
        "sign": Verb(
            _("Sign"),
            to(FormState.SIGNED, FormState.SUBMITTED, by=Party.OFFICER),
            tells=frozenset({Party.TEAM, Party.COLLEAGUE}),
        ),
        "refuse": Verb(
            _("Refuse"),
            to(FormState.REFUSED, FormState.SUBMITTED, by=Party.OFFICER),
            asks=_("Say why: the others need to know."),
            tells=frozenset({Party.TEAM, Party.COLLEAGUE}),
        ),
        "reopen": Verb(
            _("Open again"), to(FormState.DRAFT, FormState.REFUSED, FormState.SIGNED, by=Party.TEAM)
        ),
    },
    deeds={
        "see": frozenset(Party),
        "fill in": frozenset({Party.TEAM, Party.COLLEAGUE}),
        "invite": frozenset({Party.TEAM}),
    },
    page=Page(
        "form",
        "States of a form",
        "A form that a team fills in from an instrument moves as this table says and in no other way; it "
        "keeps the version of the questions that it began with.",
        "For everyone else a form does not exist: its address answers 404.",
    ),
)
