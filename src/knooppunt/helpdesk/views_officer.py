# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The privacy officer's home: what waits, what the organisation runs, and lines for article 30."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from knooppunt.flow import desks
from knooppunt.flow.waiting import Desk
from knooppunt.helpdesk import officer
from knooppunt.people import services as people
from knooppunt.toolkit import services as toolkit


@never_cache
@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Everything on one page; for privacy officers only."""
    slugs = officer.officer_for(request.user)
    if not slugs:
        raise Http404
    field = "name_nl" if request.LANGUAGE_CODE == "nl" else "name_en"
    organisations = list(people.organisations(slugs))
    # Of one organisation the name stands on top of the page; of several with each thing.
    names = {o.slug: getattr(o, field) for o in organisations} if len(organisations) > 1 else {}
    heading, *lines = toolkit.register_lines(request.user)
    page = {
        "organisations": organisations,
        "waiting": [row for part in desks.sections(Desk.OFFICER, request.user) for row in part.rows],
        "forms": [(f, names.get(f.organisation, "")) for f in toolkit.forms_for_officer(request.user)],
        "asked": [(q, names.get(q.organisation, "")) for q in officer.asked_by(slugs)],
        "heading": heading,
        "lines": lines,
    }
    return render(request, "helpdesk/officer.html", page)
