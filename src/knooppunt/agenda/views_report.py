# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages to report: progress, its review, money, effects."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knooppunt.agenda import permissions, services
from knooppunt.agenda.forms import EffectForm, MoneyForm, ProgressForm, ReviewForm
from knooppunt.agenda.models import Action, BudgetAmount, ProgressReport
from knooppunt.agenda.states import EditionState
from knooppunt.agenda.views import find_action, find_edition
from knooppunt.web import forms
from knooppunt.web.answers import require
from knooppunt.web.forms import get_or_post

handle = partial(forms.handle, template="agenda/form.html")


@login_required
@get_or_post
def report(request: HttpRequest, edition: str, number: str) -> HttpResponse:
    """Report how far an action is."""
    found = find_action(request, edition, number)
    require(permissions.may_report(request.user, found))
    form = ProgressForm(request.POST or None)
    return handle(
        request,
        form,
        lambda: services.report_progress(found, actor=request.user, **form.columns()),
        _("Your report is published. A reviewer will look at it."),
        found,
        _page(found, _("Report progress"), _("Publish this report")),
    )


def _page(action: Action, title: str, button: str) -> dict[str, Any]:
    return {"edition": action.edition, "action": action, "title": title, "button": button}


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Reports that wait for a review, oldest first."""
    require(request.user.role in permissions.REVIEWERS)
    waiting = (
        ProgressReport.objects.filter(reviewed_status="", action__edition__state__in=EditionState.public())
        .exclude(author=request.user)
        .select_related("action__edition")
        .order_by("date", "pk")
    )
    return render(request, "agenda/queue.html", {"waiting": waiting})


@login_required
@get_or_post
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the evidence of a report shows."""
    found = get_object_or_404(
        ProgressReport.objects.select_related("action__edition__agenda__organisation"), pk=pk
    )
    find_edition(request, found.action.edition.key)
    require(permissions.may_review(request.user, found))
    form = ReviewForm(request.POST or None)
    return handle(
        request,
        form,
        lambda: services.review_progress(found, actor=request.user, **form.cleaned_data),
        _("Your review is published."),
        found.action,
        {**_page(found.action, _("Review a report"), _("Publish this review")), "report": found},
    )


@login_required
@get_or_post
def money(request: HttpRequest, edition: str, line: str, year: int) -> HttpResponse:
    """Report what was committed and spent of a line in a year."""
    found = find_edition(request, edition)
    require(permissions.may_keep(request.user, found))
    amount = get_object_or_404(
        BudgetAmount.objects.select_related("line__edition"), line__edition=found, line__key=line, year=year
    )
    form = MoneyForm(request.POST or None, initial={"committed": amount.committed, "spent": amount.spent})
    return handle(
        request,
        form,
        lambda: services.report_money(amount, actor=request.user, **form.cleaned_data),
        _("The amounts are published."),
        amount,
        {
            "edition": found,
            "amount": amount,
            "title": _("Report money of %(line)s, %(year)s") % {"line": line, "year": year},
            "button": _("Publish these amounts"),
        },
    )


@login_required
@get_or_post
def effect(request: HttpRequest, edition: str, number: str, position: int) -> HttpResponse:
    """Report the measured value of an indicator."""
    found = find_action(request, edition, number)
    require(permissions.may_report(request.user, found))
    this = get_object_or_404(found.effects, position=position)
    form = EffectForm(request.POST or None)
    return handle(
        request,
        form,
        lambda: services.measure_effect(this, actor=request.user, **form.cleaned_data),
        _("The measured value is published."),
        found,
        {**_page(found, _("Report an effect"), _("Publish this value")), "effect": this},
    )
