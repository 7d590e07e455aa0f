# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""May anyone do this, now? Rules on the state of things, whoever asks."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.people import queries
from knooppunt.people.models import Claim, Invitation, Membership, Organisation, User
from knooppunt.people.roles import Role
from knooppunt.web.forms import NotNowError

MOST_OPEN_INVITATIONS = 200


def check_can_join(organisation: Organisation) -> None:
    if queries.ended(organisation):
        raise NotNowError(_("This organisation has ended. Choose the one that stands in its place."))


def check_can_invite(organisation: Organisation) -> None:
    check_can_join(organisation)
    if organisation.invitations.count() >= MOST_OPEN_INVITATIONS:
        raise NotNowError(_("There are 200 open invitations already. Withdraw some first."))


def check_can_accept(invitation: Invitation | None) -> Invitation:
    """One answer for what was used, withdrawn, expired or never made."""
    if invitation is None or not invitation.is_open:
        raise NotNowError(_("This invitation cannot be used any more. Ask who invited you for a new one."))
    return invitation


def check_can_claim(user: User, organisation: Organisation, role: str) -> None:
    check_can_join(organisation)
    if Membership.objects.filter(user=user, organisation=organisation, role=role).exists():
        raise NotNowError(_("You have this role already."))
    if Claim.objects.filter(
        user=user, organisation=organisation, role=role, decision=Claim.Decision.WAITING
    ).exists():
        raise NotNowError(_("You have asked this already. You get mail when it is decided."))
    day = timezone.now() - timedelta(days=1)
    if Claim.objects.filter(user=user, created__gte=day).count() >= 10:
        raise NotNowError(_("You have asked ten times today. Try again tomorrow."))


def check_can_decide(claim: Claim) -> None:
    if claim.decision != Claim.Decision.WAITING:
        raise NotNowError(_("This request has been decided already."))


def check_can_revoke(membership: Membership) -> None:
    """An organisation that has an administrator keeps one."""
    if membership.role == Role.ADMINISTRATOR and not (
        Membership.objects.filter(
            organisation=membership.organisation, role=Role.ADMINISTRATOR, user__is_active=True
        )
        .exclude(pk=membership.pk)
        .exists()
    ):
        raise NotNowError(_("This is the last administrator. Make someone else administrator first."))
