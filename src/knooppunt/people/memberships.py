# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs by which people come to work for an organisation here, and stop doing so."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from knooppunt.catalogue.audit import audit
from knooppunt.jobs import letters
from knooppunt.people import permissions, policies, profiles, queries
from knooppunt.people.models import INVITATION_DAYS, Claim, Invitation, Membership, Organisation, User
from knooppunt.people.roles import HubRole, Role
from knooppunt.web.forms import NotNowError

KEPT_AFTER_EXPIRY = timedelta(days=30)
CLAIMS_KEPT = timedelta(days=365)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    organisation: Organisation, email: str, role: str, *, actor: User, language: str = "nl"
) -> Invitation:
    """Offer a role to whoever reads this mail address; a new offer for the same role replaces the old."""
    permissions.require(actor, "invite", organisation)
    if role == Role.ADMINISTRATOR:
        permissions.require(actor, "invite-administrator", organisation)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    policies.check_can_invite(organisation)
    organisation.invitations.filter(email__iexact=email, role=role).delete()
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation, role=Role(role), email=email, token_hash=_hash(token), invited_by=actor
    )
    audit("invite", "organisation", organisation.slug, actor=actor, detail={"role": role})
    with override(language):
        address = settings.PUBLIC_URL + reverse("people:accept-invitation", args=[token])
        letters.write(
            email, "people/mail/invitation",
            {"organisation": organisation, "role": Role(role).label, "address": address,
             "days": INVITATION_DAYS},
            language,
        )  # fmt: skip
    return invitation


def open_invitation(token: str) -> Invitation:
    """The invitation that this token opens; NotNowError when there is none that can be used."""
    found = Invitation.objects.select_related("organisation").filter(token_hash=_hash(token)).first()
    return policies.check_can_accept(found)


@transaction.atomic
def accept(token: str, *, actor: User) -> Organisation:
    """Take the offered role. The token works once: using it again gives the same answer as no token."""
    found = Invitation.objects.select_for_update().filter(token_hash=_hash(token)).first()
    invitation = policies.check_can_accept(found)
    _join(actor, invitation.organisation, invitation.role, invitation.invited_by)
    audit("accept invitation", "organisation", invitation.organisation.slug, actor=actor,
          detail={"role": invitation.role})  # fmt: skip
    invitation.delete()
    return invitation.organisation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, actor: User) -> None:
    permissions.require(actor, "invite", invitation.organisation)
    audit("withdraw invitation", "organisation", invitation.organisation.slug, actor=actor)
    invitation.delete()


def _join(user: User, organisation: Organisation, role: str, granted_by: User | None) -> Membership:
    membership, _made = Membership.objects.get_or_create(
        user=user, organisation=organisation, role=Role(role), defaults={"granted_by": granted_by}
    )
    profiles.refresh_card(user, actor=user)
    return membership


@transaction.atomic
def claim(organisation: Organisation, role: str, motivation: str, *, actor: User) -> Claim:
    """Ask for a role. Who may decide is told: its administrators, or the hub's staff when it has none."""
    permissions.require(actor, "claim")
    User.objects.select_for_update().get(pk=actor.pk)
    policies.check_can_claim(actor, organisation, role)
    asked = Claim.objects.create(
        user=actor, organisation=organisation, role=Role(role), motivation=motivation
    )
    audit("claim", "organisation", organisation.slug, actor=actor, detail={"role": role})
    for decider in deciders(organisation):
        with override(decider.language):
            address = settings.PUBLIC_URL + reverse("people:claims")
        letters.write(
            decider.email, "people/mail/claim", {"organisation": organisation, "address": address},
            decider.language,
        )  # fmt: skip
    return asked


def deciders(organisation: Organisation) -> list[User]:
    """Who is told of a request: the organisation's administrators, else the hub's own staff."""
    own = list(queries.people_with(organisation.slug, Role.ADMINISTRATOR))
    return own or list(
        User.objects.filter(is_active=True, role__in=(HubRole.CONNECTOR, HubRole.ADMINISTRATOR))
    )


@transaction.atomic
def decide(asked: Claim, granted: bool, reason: str = "", *, actor: User) -> Claim:
    """Grant or refuse a request, once; the asker gets mail with the reason."""
    asked = Claim.objects.select_for_update().get(pk=asked.pk)
    permissions.require(actor, "decide-claim", asked.organisation)
    policies.check_can_decide(asked)
    asked.decision = Claim.Decision.GRANTED if granted else Claim.Decision.REFUSED
    asked.decided, asked.decided_by, asked.reason = timezone.now(), actor, reason
    asked.save(update_fields=["decision", "decided", "decided_by", "reason"])
    if granted:
        _join(asked.user, asked.organisation, asked.role, actor)
    audit(f"{asked.decision} claim", "organisation", asked.organisation.slug, actor=actor,
          detail={"role": asked.role})  # fmt: skip
    letters.write(
        asked.user.email, "people/mail/decision",
        {"organisation": asked.organisation, "role": Role(asked.role), "granted": granted, "reason": reason},
        asked.user.language,
    )  # fmt: skip
    return asked


@transaction.atomic
def grant(user: User, organisation: Organisation, role: str, *, actor: User) -> Membership:
    """Give someone who works for the organisation here another role."""
    permissions.require(actor, "grant", organisation)
    if not user.memberships.filter(organisation=organisation).exists():
        raise NotNowError(_("This person does not work for the organisation here: invite them."))
    membership = _join(user, organisation, role, actor)
    audit("grant role", "organisation", organisation.slug, actor=actor, detail={"role": role})
    return membership


@transaction.atomic
def revoke(membership: Membership, *, actor: User) -> None:
    """Take a role back; it stops counting with the person's next request. One's own role may always go."""
    organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    if membership.user_id != actor.pk:
        permissions.require(actor, "revoke", organisation)
    policies.check_can_revoke(membership)
    user = membership.user
    membership.delete()
    profiles.refresh_card(user, actor=actor)
    audit("revoke role", "organisation", organisation.slug, actor=actor, detail={"role": membership.role})


def forget() -> None:
    """Remove invitations and requests whose time is over."""
    now = timezone.now()
    Invitation.objects.filter(created__lt=now - timedelta(days=INVITATION_DAYS) - KEPT_AFTER_EXPIRY).delete()
    Claim.objects.exclude(decision=Claim.Decision.WAITING).filter(decided__lt=now - CLAIMS_KEPT).delete()
