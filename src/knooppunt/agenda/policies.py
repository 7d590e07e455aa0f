# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""May anyone do this, now? Rules on states, whoever asks. `permissions` has the rules on persons."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.agenda.models import Edition, ProgressReport
from knooppunt.agenda.states import EditionState
from knooppunt.web.forms import NotNowError


def check_can_report(edition: Edition, moment: date) -> None:
    """Progress is reported on what is public, also after its time; never of a day to come."""
    if not edition.is_public:
        raise NotNowError(_("This agenda is not public: publish it first."))
    if moment > timezone.localdate():
        raise NotNowError(_("The date lies in the future."))


def check_can_review(report: ProgressReport) -> None:
    """A report is reviewed once; a new report gives a new review."""
    if not report.action.edition.is_public:
        raise NotNowError(_("This agenda is not public: publish it first."))
    if report.reviewed_status:
        raise NotNowError(_("This report has been reviewed already."))


def check_can_edit(edition: Edition) -> None:
    """The national agenda follows its content file; a past or withdrawn edition stays as it was."""
    if edition.agenda.national:
        raise NotNowError(_("The national agenda follows its content file and is not edited here."))
    if edition.state not in (EditionState.DRAFT, EditionState.CURRENT):
        raise NotNowError(_("This edition is closed. Reopen it, or start the next edition."))


def check_can_move(edition: Edition, verb: str) -> None:
    """Raises when nobody may use the verb on this edition, whatever its state."""
    if edition.agenda.national:
        raise NotNowError(_("The national agenda follows its content file and is not edited here."))
    if verb == "publish" and not edition.actions.exists():
        raise NotNowError(_("There are no actions yet: add one before you publish."))


def can_edit(edition: Edition) -> bool:
    try:
        check_can_edit(edition)
    except NotNowError:
        return False
    return True
