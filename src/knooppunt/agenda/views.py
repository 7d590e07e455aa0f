# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages that show agendas: overview, edition, timeline, chapter, owner, action, budget, difference."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from knooppunt.agenda import difference as differences
from knooppunt.agenda import permissions, pictures, policies, queries
from knooppunt.agenda.models import Action, Agenda, Edition, Owner
from knooppunt.agenda.states import FLOW, EditionState
from knooppunt.agenda.wording import years
from knooppunt.circles.services import introductions_by_year


def find_edition(request: HttpRequest, key: str) -> Edition:
    """An edition that this person may see, else 404."""
    found = Edition.objects.select_related("agenda__organisation").filter(key=key).first()
    if found is None or not permissions.may_see(request.user, found):
        raise Http404
    return found


def find_action(request: HttpRequest, edition_key: str, number: str) -> Action:
    edition = find_edition(request, edition_key)
    return get_object_or_404(queries.actions(edition), number=number)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All agendas: the national one first, then what organisations keep themselves."""
    agendas = Agenda.objects.select_related("organisation").prefetch_related("editions")
    rows = [
        {"agenda": agenda, "editions": visible}
        for agenda in agendas.order_by("-national", "key")
        if (visible := [e for e in agenda.editions.all() if _may_see(request, agenda, e)])
    ]
    context = {
        "national": [row for row in rows if row["agenda"].national],
        "own": [row for row in rows if not row["agenda"].national],
        "may_start": permissions.may_keep_an_agenda(request.user),
        "has_one": Agenda.objects.filter(key=getattr(request.user, "organisation", "") or "-").exists(),
        "may_review": getattr(request.user, "role", "") in permissions.REVIEWERS,
    }
    return render(request, "agenda/overview.html", context)


def _may_see(request: HttpRequest, agenda: Agenda, edition: Edition) -> bool:
    edition.agenda = agenda  # already read: saves a query per edition
    return permissions.may_see(request.user, edition)


@require_safe
def edition(request: HttpRequest, edition: str) -> HttpResponse:
    """One edition: how it stands, its chapters, its owners, its contradictions."""
    found = find_edition(request, edition)
    actions = list(queries.actions(found))
    owners = {o.owner for a in actions for o in a.ownerships.all()}
    counts = {owner: sum(owner in {o.owner for o in a.ownerships.all()} for a in actions) for owner in owners}
    chapters = [(c, sum(a.chapter_id == c.pk for a in actions)) for c in found.chapters.all()]
    context = {
        "edition": found,
        "actions": actions,
        "chapters": chapters,
        "loose": [a for a in actions if a.chapter_id is None],
        "owners": sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].slug)),
        "totals": queries.totals(queries.budget_lines(found)),
        "contradictions": found.contradictions.prefetch_related("actions"),
        "brought_together": introductions_by_year() if found.agenda.national else [],
        "years": queries.report_years(found, actions),
        "silent": queries.longest_silent(actions) if found.state == EditionState.CURRENT else [],
        **pictures.statuses(actions),
        **_keeping(request, found),
    }
    return render(request, "agenda/edition.html", context)


def _keeping(request: HttpRequest, edition: Edition) -> dict[str, Any]:
    """What this person may do with the edition as a whole, now."""
    keeps = permissions.may_keep(request.user, edition)
    own = not edition.agenda.national
    return {
        "may_edit": keeps and policies.can_edit(edition),
        "moves": FLOW.buttons(edition.state, permissions.parties(request.user, edition)) if own else [],
        "may_start_next": keeps and own and edition.state != EditionState.DRAFT,
    }


@require_safe
def timeline(request: HttpRequest, edition: str) -> HttpResponse:
    """Every action on its years, by chapter."""
    found = find_edition(request, edition)
    actions = list(queries.actions(found))
    return render(request, "agenda/timeline.html", {"edition": found, **pictures.timeline(actions)})


@require_safe
def chapter(request: HttpRequest, edition: str, chapter: str) -> HttpResponse:
    """One chapter with its actions on their years."""
    found = find_edition(request, edition)
    this = get_object_or_404(found.chapters, key=chapter)
    chapters = list(found.chapters.all())
    place = chapters.index(this)
    actions = list(queries.actions(found).filter(chapter=this))
    context = {
        "edition": found,
        "chapter": this,
        "previous": chapters[place - 1] if place else None,
        "next": chapters[place + 1] if place + 1 < len(chapters) else None,
        **pictures.timeline(actions),
    }
    return render(request, "agenda/chapter.html", context)


@require_safe
def owner(request: HttpRequest, edition: str, owner: str) -> HttpResponse:
    """What one organisation does in an edition, by its role."""
    found = find_edition(request, edition)
    this = get_object_or_404(Owner, slug=owner)
    actions = list(queries.actions(found).filter(ownerships__owner=this).distinct())
    if not actions:
        raise Http404
    roles = {a.pk: [o.get_role_display() for o in a.ownerships.all() if o.owner == this] for a in actions}
    others = queries.editions().exclude(pk=found.pk).filter(actions__ownerships__owner=this).distinct()
    context = {"edition": found, "owner": this, "others": others, "roles": roles}
    return render(request, "agenda/owner.html", context | pictures.timeline(actions, roles))


@require_safe
def action(request: HttpRequest, edition: str, number: str) -> HttpResponse:
    """One action: what, who, when, how it stands and who says so, effects, money, contradictions."""
    found = find_action(request, edition, number)
    numbers = list(found.edition.actions.values_list("number", flat=True))
    place = numbers.index(found.number)
    reports = list(found.reports.all())
    context = {
        "action": found,
        "edition": found.edition,
        "key": str(found),
        "leads": found.owners_in("lead"),
        "partners": found.owners_in("partner"),
        "commissioners": found.owners_in("commissioner"),
        "standing": queries.standing(found),
        "reports": [
            (r, r.reviewed_status == "" and permissions.may_review(request.user, r)) for r in reports
        ],
        "effects": found.effects.all(),
        "lines": [(line, line.amounts.all()) for line in found.lines.prefetch_related("amounts")],
        "contradictions": found.contradictions.all(),
        "contributions": found.contributions.filter(edition__state__in=EditionState.public()).select_related(
            "edition__agenda__organisation"
        ),
        "previous": numbers[place - 1] if place else None,
        "next": numbers[place + 1] if place + 1 < len(numbers) else None,
        "years": years(found),
        "may_report": found.edition.is_public and permissions.may_report(request.user, found),
        "may_edit": permissions.may_keep(request.user, found.edition) and policies.can_edit(found.edition),
        "own_edition": _own_open_edition(request, found),
    }
    return render(request, "agenda/action.html", context)


def _own_open_edition(request: HttpRequest, action: Action) -> Edition | None:
    """The edition in which this person's organisation could follow the action up."""
    if not permissions.may_keep_an_agenda(request.user) or not action.edition.is_public:
        return None
    own = queries.open_edition(permissions.kept_by(request.user))
    return None if own is None or own.pk == action.edition_id else own


@require_safe
def budget(request: HttpRequest, edition: str) -> HttpResponse:
    """The money: picture, table, sums, and what was not reported."""
    found = find_edition(request, edition)
    lines = queries.budget_lines(found)
    totals = queries.totals(lines)
    context = {
        "edition": found,
        "lines": lines,
        "totals": totals,
        "contradictions": found.contradictions.filter(money=True),
        "may_report": found.is_public and permissions.may_keep(request.user, found),
        "this_year": timezone.localdate().year,
        **pictures.budget(lines, found),
    }
    return render(request, "agenda/budget.html", context)


@require_safe
def difference(request: HttpRequest, edition: str) -> HttpResponse:
    """This edition beside another one: of the same agenda, or of another organisation's."""
    after = find_edition(request, edition)
    choices = list(queries.editions().exclude(pk=after.pk))
    wanted = request.GET.get("met", "")
    before = next((e for e in choices if e.key == wanted), None)
    if before is None and not wanted:
        same = [e for e in choices if e.agenda_id == after.agenda_id]
        before = next((e for e in same if e.number < after.number), None) or next(iter(same), None)
    context: dict[str, Any] = {"edition": after, "before": before, "choices": choices}
    if before is not None:
        context["found"] = differences.compare(
            list(queries.actions(before)), list(queries.actions(after)), request.LANGUAGE_CODE
        )
        context["money"] = _money(before, after)
    return render(request, "agenda/difference.html", context)


def _money(before: Edition, after: Edition) -> list[tuple[int, Any, Any]]:
    """Planned money per year in both editions; None where an edition has no such year."""
    of_before, of_after = (
        {total.year: total.planned for total in queries.totals(queries.budget_lines(e))}
        for e in (before, after)
    )
    return [(year, of_before.get(year), of_after.get(year)) for year in sorted({*of_before, *of_after})]
