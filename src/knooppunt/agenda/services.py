# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The verbs of the agenda: all that other apps and the pages may call to change something.

Each verb asks policy (may anyone, now: `NotNowError`) and permission (may this person: `PermissionDenied`),
writes in one transaction, and brings the cards up to date through the catalogue.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.agenda import permissions, policies, queries
from knooppunt.agenda.contentcheck import CONTENT, check, load
from knooppunt.agenda.loading import load_edition, publish_edition, withdraw_edition
from knooppunt.agenda.models import (
    Action,
    Agenda,
    BudgetAmount,
    Edition,
    Effect,
    Owner,
    Ownership,
    ProgressReport,
)
from knooppunt.agenda.states import FLOW, EditionState
from knooppunt.catalogue import services as catalogue
from knooppunt.catalogue.audit import audit
from knooppunt.catalogue.contentfile import ContentError, read_texts
from knooppunt.flow.history import record
from knooppunt.web.answers import require
from knooppunt.web.forms import NotNowError

EXAMPLE = Path(__file__).parent / "example"

__all__ = [
    "NotNowError",
    "add_action",
    "change_action",
    "load_content",
    "load_edition",
    "measure_effect",
    "move",
    "next_edition",
    "remove_action",
    "report_money",
    "report_progress",
    "review_progress",
    "start_agenda",
    "upload",
]


def load_content(content: Path = CONTENT) -> str:
    """Load every national edition that comes with the hub, a folder each; again changes nothing."""
    folders = sorted(path for path in content.iterdir() if path.is_dir())
    return _told([load_edition(load(folder), national=True) for folder in folders])


def load_example(example: Path = EXAMPLE) -> str:
    """Load the two editions of an invented municipality: how an organisation keeps its own agenda.

    Only on request (`knooppunt load agenda-example`): a hub shows nothing invented by itself.
    """
    return _told([load_edition(load(file)) for file in sorted(example.glob("*.yaml"))])


def _told(loaded: list[tuple[Edition, bool]]) -> str:
    written = [edition.key for edition, changed in loaded if changed]
    actions = Action.objects.filter(edition__in=[edition for edition, _changed in loaded]).count()
    return f"{len(loaded)} editions, {actions} actions; written: {', '.join(written) or 'none'}"


def _hold(edition: Edition) -> Edition:
    """The edition as it is now, locked to the end of the transaction: its verbs wait for each other.

    What a page read before may be old: written back, it would undo what another did meanwhile.
    """
    return Edition.objects.select_for_update().get(pk=edition.pk)


def _refresh(action: Action, actor: Any, **detail: Any) -> None:
    """Bring an action's card up to date, or only keep the audit line while it is a draft."""
    fresh = queries.actions(action.edition).get(pk=action.pk)
    if fresh.edition.is_public:
        catalogue.publish(fresh, actor=actor, detail=detail)
    else:
        audit("change", "action", str(action), actor=actor, detail=detail)


@transaction.atomic
def report_progress(
    action: Action, *, actor: Any, status: str, text: dict[str, str], moment: date, evidence: dict[str, str]
) -> ProgressReport:
    """Say how far an action is. `text` and `evidence` are columns such as `text_nl`, `evidence_url`."""
    action.edition = _hold(action.edition)
    require(permissions.may_report(actor, action))
    policies.check_can_report(action.edition, moment)
    report = ProgressReport.objects.create(
        action=action, author=actor, date=moment, self_status=status, **text, **evidence
    )
    _refresh(action, actor, deed="report progress", report=report.pk, status=status)
    return report


@transaction.atomic
def review_progress(
    report: ProgressReport, *, actor: Any, status: str, note: str, language: str
) -> ProgressReport:
    """Say what the evidence shows, beside what the owner says."""
    # The row is read again under lock: two reviewers may press the button together.
    report = ProgressReport.objects.select_for_update().get(pk=report.pk)
    report.action.edition = _hold(report.action.edition)
    require(permissions.may_review(actor, report))
    policies.check_can_review(report)
    report.reviewed_status, report.review_note, report.review_language = status, note, language
    report.reviewer = actor
    report.save(update_fields=["reviewed_status", "review_note", "review_language", "reviewer"])
    _refresh(report.action, actor, deed="review progress", report=report.pk, status=status)
    return report


@transaction.atomic
def report_money(
    amount: BudgetAmount, *, actor: Any, committed: Decimal | None, spent: Decimal | None
) -> None:
    """What was committed and spent of a line in a year; empty takes an earlier report back."""
    edition = _hold(amount.line.edition)
    require(permissions.may_keep(actor, edition))
    policies.check_can_report(edition, timezone.localdate())
    amount.committed, amount.spent = committed, spent
    amount.save(update_fields=["committed", "spent"])
    detail = {"deed": "report money", "line": amount.line.key, "year": amount.year}
    catalogue.publish(edition, actor=actor, detail=detail)


@transaction.atomic
def measure_effect(effect: Effect, *, actor: Any, value: Decimal, moment: date) -> None:
    """The measured value of an indicator on a date."""
    action = effect.action
    action.edition = _hold(action.edition)
    require(permissions.may_report(actor, action))
    policies.check_can_report(action.edition, moment)
    effect.value, effect.value_date = value, moment
    effect.save(update_fields=["value", "value_date"])
    _refresh(action, actor, deed="measure effect", effect=effect.position)


@transaction.atomic
def start_agenda(*, actor: Any, name: str, title: str, language: str, year: int) -> Edition:
    """An organisation starts its own agenda, as a draft, in one language.

    `name` is used when the hub does not know the organisation yet. Raises NotNowError when it has one.
    """
    require(permissions.may_keep_an_agenda(actor))
    kept = permissions.kept_by(actor)
    organisation, _created = Owner.objects.get_or_create(
        slug=kept, defaults={f"name_{language}": name or kept}
    )
    agenda, created = Agenda.objects.get_or_create(key=kept, defaults={"organisation": organisation})
    if not created:
        raise NotNowError(_("Your organisation has an agenda already: start its next edition."))
    edition = Edition.objects.create(
        agenda=agenda,
        key=f"{kept}-{year}",
        published=timezone.localdate(),
        **{f"title_{language}": title},
    )
    audit("start agenda", "agenda", edition.key, actor=actor)
    return edition


@transaction.atomic
def next_edition(edition: Edition, *, actor: Any, year: int) -> Edition:
    """A draft that starts as a copy of this edition: its chapters, and its actions that have not ended.

    Each copied action follows up the one it came from; reports, effects and money stay behind.
    """
    edition = _hold(edition)
    require(permissions.may_keep(actor, edition))
    if edition.agenda.national:
        policies.check_can_edit(edition)
    last = edition.agenda.editions.aggregate(last=Max("number"))["last"]
    key = f"{edition.agenda.key}-{year}"
    if (
        edition.agenda.editions.filter(state=EditionState.DRAFT).exists()
        or Edition.objects.filter(key=key).exists()
    ):
        raise NotNowError(_("There is a draft or an edition of that year already: go on with that one."))
    draft = Edition.objects.create(
        agenda=edition.agenda,
        key=key,
        number=last + 1,
        published=timezone.localdate(),
        title_nl=edition.title_nl,
        title_en=edition.title_en,
        description_nl=edition.description_nl,
        description_en=edition.description_en,
    )
    _copy_chapters_and_actions(edition, draft, year)
    audit("start edition", "agenda", key, actor=actor, detail={"from": edition.key})
    return draft


def _copy_chapters_and_actions(source: Edition, draft: Edition, year: int) -> None:
    chapters = {}
    for chapter in source.chapters.all():
        old, chapter.pk, chapter.edition = chapter.pk, None, draft
        chapter.save()
        chapters[old] = chapter
    for action in queries.actions(source):
        if action.end is not None and action.end < year:
            continue
        owners = [(o.owner_id, o.role, o.position) for o in action.ownerships.all()]
        themes, old = list(action.themes.all()), action.pk
        action.pk, action.edition, action.chapter = None, draft, chapters.get(action.chapter_id)
        action._prefetched_objects_cache = {}
        action.save()
        action.themes.set(themes)
        action.contributes_to.set([old])
        Ownership.objects.bulk_create(
            Ownership(action=action, owner_id=owner, role=role, position=i) for owner, role, i in owners
        )


@transaction.atomic
def add_action(edition: Edition, *, actor: Any, values: dict[str, Any], follows_up: list[Action]) -> Action:
    """A new action of an organisation's own agenda; the organisation carries it out."""
    edition = _hold(edition)
    require(permissions.may_keep(actor, edition))
    policies.check_can_edit(edition)
    position = (edition.actions.aggregate(last=Max("position"))["last"] or 0) + 1
    taken = set(edition.actions.values_list("number", flat=True))
    number = next(str(n) for n in range(1, len(taken) + 2) if str(n) not in taken)
    action = Action.objects.create(edition=edition, number=number, position=position, **values)
    Ownership.objects.create(
        action=action, owner=edition.agenda.organisation, role=Ownership.Role.LEAD, position=0
    )
    action.contributes_to.set(follows_up)
    _refresh(action, actor, deed="add action")
    return action


@transaction.atomic
def change_action(action: Action, *, actor: Any, values: dict[str, Any], follows_up: list[Action]) -> Action:
    """Change texts, years and links of an own action."""
    action.edition = _hold(action.edition)
    require(permissions.may_keep(actor, action.edition))
    policies.check_can_edit(action.edition)
    for name, value in values.items():
        setattr(action, name, value)
    action.save()
    action.contributes_to.set(follows_up)
    _refresh(action, actor, deed="change action")
    return action


@transaction.atomic
def remove_action(action: Action, *, actor: Any) -> None:
    """Take an action out of an edition that is still open; if it was public its address says so."""
    action.edition = _hold(action.edition)
    require(permissions.may_keep(actor, action.edition))
    policies.check_can_edit(action.edition)
    catalogue.withdraw(action, actor=actor)
    action.delete()


@transaction.atomic
def move(edition: Edition, verb: str, *, actor: Any) -> Edition:
    """Publish, close, reopen or withdraw an edition, with all its cards."""
    edition = _hold(edition)
    target = FLOW.check(verb, edition.state, permissions.parties(actor, edition))
    policies.check_can_move(edition, verb)
    source, edition.state = edition.state, target
    if edition.is_public:
        edition.save(update_fields=["state"])
        publish_edition(edition, actor=actor)
    else:
        withdraw_edition(edition, actor=actor)
    record(FLOW, edition, verb, source, actor=actor, key=edition.key)
    return edition


def upload(name: str, content: bytes, *, actor: Any) -> Edition:
    """Write an edition of the organisation's own agenda from a content file.

    Raises ContentError with every problem in the file, also when it speaks for another organisation;
    NotNowError when that edition is closed.
    """
    require(permissions.may_keep_an_agenda(actor))
    kept = permissions.kept_by(actor)
    document = read_texts([(name, content)])
    check(document)
    stated = document.data["edition"]
    problems = [
        document.problem(("edition", key), _("You write for '%(name)s'.") % {"name": kept}, advice)
        for key, wrong, advice in (
            ("organisation", stated["organisation"] != kept, _("Use that name.")),
            ("agenda", stated["agenda"] != kept, _("Use that name.")),
            (
                "key",
                not stated["key"].startswith(f"{kept}-"),
                _("Let the key start with that name."),
            ),
        )
        if wrong
    ]
    if problems:
        raise ContentError(problems)
    if known := Edition.objects.filter(key=stated["key"]).first():
        policies.check_can_edit(known)
    return load_edition(document, actor=actor)[0]
