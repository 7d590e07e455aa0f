# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages around the API: tokens, the data in bulk, and the addresses of the spreadsheets."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from knooppunt.api import portable, problems, tables, tokens
from knooppunt.api.forms import TokenForm
from knooppunt.web.csvfile import download, download_csv
from knooppunt.web.forms import NotNowError, get_or_post


@never_cache
@login_required
@get_or_post
def own_tokens(request: HttpRequest) -> HttpResponse:
    """My tokens; a new one is shown once, on the page that answers the form."""
    form, secret = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            secret = tokens.issue(request.user, **form.cleaned_data)
            form = TokenForm()
        except NotNowError as error:
            form.add_error(None, str(error))
    page = {"form": form, "secret": secret, "tokens": request.user.tokens.order_by("-created")}
    return render(request, "api/tokens.html", page, status=422 if form.errors else 200)


@login_required
@require_POST
def withdraw_token(request: HttpRequest, pk: int) -> HttpResponse:
    tokens.withdraw(get_object_or_404(request.user.tokens, pk=pk), actor=request.user)
    messages.success(request, _("The token is withdrawn. Programs that used it get no answer any more."))
    return redirect("api-pages:tokens")


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """All that the hub gives as data."""
    return render(request, "api/data.html", {"tables": tables.all_tables(), "parts": portable.parts()})


@require_safe
def table(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """One table as CSV or XLSX."""
    found = tables.get(name)
    if found is None:
        raise Http404
    rows = found.rows(request.LANGUAGE_CODE)
    if form == "csv":
        return download_csv(request, rows, f"{name}.csv")
    return download(tables.as_xlsx(rows, str(found.label)), tables.CONTENT_TYPE, f"{name}.xlsx")


@require_safe
def bulk(request: HttpRequest, name: str) -> HttpResponse:
    """One part of the content, a JSON object per line, as it streams from the database."""
    if name not in dict(portable.parts()):
        raise Http404
    response = StreamingHttpResponse(portable.lines(name), content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ndjson"'
    return response


@csrf_exempt
def nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Whatever has no address in the API."""
    return problems.answer(404)
