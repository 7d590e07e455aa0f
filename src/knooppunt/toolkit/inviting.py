# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Working along by name on one form or one plan, also from another organisation.

Whoever has a role at the organisation invites, by the mail address of an account. Nothing tells whether
there is one: the same is said in every case, and a name is shown only after its owner said yes.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.catalogue.audit import audit
from knooppunt.toolkit import letters, teamwork
from knooppunt.toolkit.models import Colleague, Form, Plan
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError

MOST = 20


@transaction.atomic
def invite(about: Form | Plan, email: str, *, actor: Any) -> None:
    """Write to whoever has an account with this mail address; says nothing of whether there is one."""
    about = type(about).objects.select_for_update().get(pk=about.pk)
    require(about.organisation in teamwork.works_for(actor))
    if about.colleagues.count() >= MOST:
        raise NotNowError(_("Invite %(n)s people at most.") % {"n": MOST})
    audit("invite colleague", _kind(about), str(about.pk), actor=actor)
    user = get_user_model().objects.filter(is_active=True, email__iexact=email.strip()).first()
    if user is None or about.organisation in teamwork.works_for(user):
        return  # who has a role there sees it already
    colleague, made = about.colleagues.get_or_create(user=user, defaults={"invited_by": actor})
    if made:
        letters.invite(colleague)


@transaction.atomic
def accept(colleague: Colleague, *, actor: Any) -> Form | Plan:
    """Say yes: from now on the others see the name, and the person may fill in and note."""
    require(colleague.user == actor)
    if colleague.accepted is None:
        colleague.accepted = timezone.now()
        colleague.save()
        audit("accept invitation", _kind(colleague.about), str(colleague.about.pk), actor=actor)
    return colleague.about


@transaction.atomic
def end(colleague: Colleague, *, actor: Any) -> None:
    """Leave, say no, or be taken off by who has a role at the organisation."""
    about = colleague.about
    require(colleague.user == actor or about.organisation in teamwork.works_for(actor))
    audit("end working along", _kind(about), str(about.pk), actor=actor)
    colleague.delete()


def _kind(about: Form | Plan) -> str:
    return "form" if isinstance(about, Form) else "plan"
