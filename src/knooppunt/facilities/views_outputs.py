# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of outputs: upload, look at what the check found, decide, take the copy along, keep the record."""

from __future__ import annotations

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from knooppunt.facilities import permissions, queries, services
from knooppunt.facilities.forms import DecisionForm, UploadForm
from knooppunt.facilities.models import Output
from knooppunt.facilities.outputstates import FLOW, State
from knooppunt.facilities.views_requests import MOST_PK
from knooppunt.facilities.views_requests import find as find_enquiry
from knooppunt.facilities.wording import CHECKS, STATUSES, policy_lines
from knooppunt.web.answers import require
from knooppunt.web.csvfile import download
from knooppunt.web.forms import NotNowError, get_or_post, handle

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@login_required
@get_or_post
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a file to be checked; what is no table is told at once, and nothing is kept of it."""
    found = find_enquiry(request, pk)
    require(permissions.may(request.user, "upload-output", found))
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = services.upload(
                found, file.name, file.read(), form.cleaned_data["context"], actor=request.user
            )
        except NotNowError as error:
            form.add_error(None, str(error))
        except ValueError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("Checked. Two people of the facility decide now."))
            return redirect(made)
    page = {"form": form, "title": _("Take an output along"), "button": _("Have it checked"), "back": found}
    return render(request, "web/form.html", page, status=422 if form.is_bound else 200)


def find(request: HttpRequest, pk: int) -> Output:
    """The output for who takes part in its enquiry; 404 for everyone else."""
    output = queries.outputs().filter(pk=min(pk, MOST_PK)).first()
    if output is None or not permissions.may_see_output(request.user, output):
        raise Http404
    return output


@never_cache
@login_required
@require_safe
def output(request: HttpRequest, pk: int) -> HttpResponse:
    """What the check found, what people decided, and what may be done now."""
    found, user = find(request, pk), request.user
    report = found.report
    page = {
        "output": found,
        "status": STATUSES[report["status"]],
        "checks": [(CHECKS[c["check"]], STATUSES[c["status"]], c["status"]) for c in report["checks"]],
        "findings": [f | {"label": CHECKS[f["check"]]} for f in report["findings"]],
        "more": report["number_of_findings"] - len(report["findings"]),
        "policy": policy_lines(found.policy),
        "decisions": [(d, FLOW.label(d.verb)) for d in found.decisions.all()],
        "buttons": FLOW.buttons(found.state, permissions.output_parties(user, found)),
        "may_fetch": permissions.may_fetch_uploaded(user, found) and not found.files_removed,
        "released": found.state == State.RELEASED and not found.files_removed,
    }
    return render(request, "facilities/output.html", page)


@never_cache
@login_required
@get_or_post
def decide(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Decide, with the words that the record keeps."""
    if verb not in FLOW:
        raise Http404
    found = find(request, pk)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    form.fields["note"].required = FLOW.asks(verb)
    page = {"title": FLOW.label(verb), "button": FLOW.label(verb), "lead": found.name}
    return handle(
        request, form, lambda: services.decide(found, verb, form.cleaned_data["note"], actor=request.user),
        _("Done. The record keeps it."), found, page,
    )  # fmt: skip


@never_cache
@login_required
@require_safe
def uploaded(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it was given, for those who decide on it: to save, never to run."""
    found = find(request, pk)
    require(permissions.may_fetch_uploaded(request.user, found))
    if not found.path.is_file():
        raise Http404
    return FileResponse(
        found.path.open("rb"),
        content_type="application/octet-stream",
        as_attachment=True,
        filename=found.name,
    )


@never_cache
@login_required
@require_safe
def released(request: HttpRequest, pk: int) -> FileResponse:
    """The copy that may leave; there is none before two people said yes."""
    found = find(request, pk)
    if found.state != State.RELEASED or not found.copy.is_file():
        raise Http404
    return FileResponse(
        found.copy.open("rb"), content_type=XLSX, as_attachment=True, filename=f"{_('output')}-{pk}.xlsx"
    )


@never_cache
@login_required
@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """The record for an auditor."""
    found = find(request, pk)
    text = json.dumps(services.record(found), ensure_ascii=False, indent=1)
    return download(text, "application/json; charset=utf-8", f"{_('record')}-{pk}.json")
