# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs on what a person tells of itself, and on who may see it.

The card of a person is made of what everyone may see at this moment; taking a consent back brings it up to
date, or takes it away, in the same transaction: search, feeds and pages follow the card.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.audit import audit
from knooppunt.catalogue.models import AuditLine, Card
from knooppunt.jobs import letters
from knooppunt.people import permissions, queries
from knooppunt.people.cards import person
from knooppunt.people.models import Consent, Expertise, Profile, User
from knooppunt.web.forms import NotNowError

MOST_SUBJECTS = 30
MESSAGES_A_DAY = 10


def profile_of(user: User) -> Profile:
    """The profile, made empty when first asked for."""
    return Profile.objects.get_or_create(user=user, defaults={"language": user.language})[0]


@transaction.atomic
def tell(
    user: User, *, actor: User, values: dict[str, str], offered: list[str], sought: list[str], shown: set[str]
) -> Profile:
    """Save what a person tells and what everyone may see of it, as one change."""
    if actor.pk != user.pk:
        permissions.require(None, "own-profile")
    profile = profile_of(User.objects.select_for_update().get(pk=user.pk))
    for name, value in values.items():
        setattr(profile, name, value)
    profile.save()
    _replace_subjects(user, Expertise.Direction.OFFERED, offered)
    _replace_subjects(user, Expertise.Direction.SOUGHT, sought)
    _replace_consents(user, shown)
    refresh_card(user, actor=actor)
    return profile


def _replace_subjects(user: User, direction: str, subjects: list[str]) -> None:
    wanted = list(dict.fromkeys(" ".join(s.split())[:80] for s in subjects if s.strip()))
    if len(wanted) > MOST_SUBJECTS:
        raise NotNowError(_("Give at most %(most)d subjects.") % {"most": MOST_SUBJECTS})
    user.expertise.filter(direction=direction).exclude(subject__in=wanted).delete()
    have = set(user.expertise.filter(direction=direction).values_list("subject", flat=True))
    Expertise.objects.bulk_create(
        Expertise(user=user, direction=direction, subject=subject)
        for subject in wanted
        if subject not in have
    )


def _replace_consents(user: User, shown: set[str]) -> None:
    """Give and take back consents; each keeps when it was given, and each change is in the audit trail."""
    have, wanted = queries.shown(user), shown & set(Consent.Field.values)
    user.consents.filter(field__in=have - wanted).delete()
    Consent.objects.bulk_create(Consent(user=user, field=field) for field in sorted(wanted - have))
    for deed, fields in (("give consent", wanted - have), ("take back consent", have - wanted)):
        if fields:
            audit(deed, "account", str(user.pk), actor=user, detail={"fields": sorted(fields)})


def refresh_card(user: User, *, actor: User | None) -> None:
    """Bring the person's card up to date with what everyone may see now, or take it away."""
    findable = person(user.public_id)
    if findable is not None:
        catalogue.publish(findable, actor=actor)
    elif Card.objects.filter(kind="person", key=user.public_id).exists():
        catalogue.withdraw(User.objects.get(pk=user.pk), actor=actor, nameless=True)


@transaction.atomic
def contact(to: User, message: str, *, actor: User) -> None:
    """Mail a person a message without showing their address; they answer the sender by mail."""
    permissions.require(actor, "contact")
    User.objects.select_for_update().get(pk=actor.pk)  # two messages at once wait for each other's count
    if Consent.Field.CONTACT not in queries.shown(to):
        raise NotNowError(_("This person does not receive messages through the hub."))
    sent = AuditLine.objects.filter(
        actor=actor, action="contact", at__gte=timezone.now() - timedelta(days=1)
    ).count()
    if sent >= MESSAGES_A_DAY:
        raise NotNowError(_("You have sent ten messages today. Try again tomorrow."))
    name = profile_of(actor).name or _("a member of the hub")
    letters.write(
        to.email, "people/mail/contact", {"sender": name, "message": message}, to.language,
        reply_to=actor.email,
    )  # fmt: skip
    audit("contact", "person", to.public_id, actor=actor)
