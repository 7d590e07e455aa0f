# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the check. Pages with a token are for who has the address: never cached, never indexed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from knooppunt.datacheck import badges, causes, monthly, report, services
from knooppunt.datacheck.forms import EmptyForm, MonthlyForm, StartForm
from knooppunt.datacheck.models import Monthly, State, share_token
from knooppunt.datacheck.permissions import Opened, require_maker
from knooppunt.datacheck.policies import MOST_BYTES
from knooppunt.web.forms import NotNowError, get_or_post, handle

FORMS = {
    "xlsx": ("worklist-{}.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": ("worklist-{}.csv", "text/csv; charset=utf-8"),
    "json": ("check.json.gz", "application/gzip"),
}
View = Callable[..., HttpResponse]


def _private(view: View) -> View:
    """The address is the key: not kept or indexed; to other sites no page of ours passes its address on."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return never_cache(guarded)


@csrf_exempt
def start(request: HttpRequest) -> HttpResponse:
    """Refuses what is too large before it is read; then the form, with its token."""
    if _length(request) > MOST_BYTES + 1_000_000:
        form = StartForm()
        page = {"form": form, "too_large": True}
        return render(request, "datacheck/start.html", page, status=413)
    return _start(request)


@csrf_protect
@get_or_post
def _start(request: HttpRequest) -> HttpResponse:
    form = StartForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        visitor = services.visitor_of(get_adapter().get_client_ip(request) or "")
        try:
            _run, token = services.start(visitor=visitor, **form.cleaned_data)
        except NotNowError as error:
            form.add_error(None, str(error))
        else:
            return redirect("datacheck:run", token)
    status = 422 if form.is_bound else 200
    return render(request, "datacheck/start.html", {"form": form}, status=status)


@_private
@require_safe
def run(request: HttpRequest, token: str) -> HttpResponse:
    """Progress, then the result or why there is none. The page reloads itself; scripts are not needed."""
    opened = _opened(token)
    page: dict[str, Any] = {"run": opened.run, "token": token, "is_maker": opened.is_maker}
    if not opened.run.is_over:
        page["ahead"] = services.ahead_of(opened.run)
        response = render(request, "datacheck/progress.html", page)
        if "stil" not in request.GET:
            response["Refresh"] = "3"
        return response
    if opened.run.state == State.FAILED:
        return render(request, "datacheck/failed.html", page | _why(opened.run.cause, request))
    page |= report.page(opened.run, request.LANGUAGE_CODE)
    if opened.is_maker:
        page["share"] = settings.PUBLIC_URL + reverse("datacheck:run", args=[share_token(token)])
        page["badge"] = reverse("datacheck:badge", args=[opened.run.badge])
    return render(request, "datacheck/result.html", page)


@_private
@require_safe
def download(request: HttpRequest, token: str, form: str) -> HttpResponse:
    """The worklist as a file."""
    opened = _opened(token)
    if form not in FORMS:
        raise Http404
    name, kind = FORMS[form]
    path = opened.run.folder / name.format(request.LANGUAGE_CODE)
    if opened.run.state != State.DONE or not path.is_file():
        raise Http404
    saved_as = _("worklist") + "".join(path.suffixes)
    return FileResponse(path.open("rb"), content_type=kind, as_attachment=True, filename=saved_as)


@require_safe
def badge(request: HttpRequest, badge: str) -> HttpResponse:
    """A picture with the score, to stand on another site; it tells nothing else."""
    response = HttpResponse(
        badges.draw(services.latest_with_badge(badge), request.LANGUAGE_CODE), content_type="image/svg+xml"
    )
    response["Cache-Control"] = "public, max-age=3600"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@_private
@get_or_post
def every_month(request: HttpRequest, token: str) -> HttpResponse:
    found = require_maker(_opened(token))
    form = MonthlyForm(request.POST or None)
    return handle(
        request,
        form,
        lambda: monthly.ask(found, form.cleaned_data["email"], request.LANGUAGE_CODE),
        _("A letter is on its way. Open the link in it to confirm."),
        reverse("datacheck:run", args=[token]),
        {"title": _("Check this every month"), "button": _("Send me the letter"), "back": None,
         "cancel": "datacheck:start"},
    )  # fmt: skip


@_private
@get_or_post
def remove(request: HttpRequest, token: str) -> HttpResponse:
    found = require_maker(_opened(token))
    return _button(
        request, lambda: services.remove(found), _("Remove this check"), _("Remove it now"),
        _("The check and its files are removed."),
    )  # fmt: skip


@_private
@get_or_post
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    found = _or_404(monthly.to_confirm(token))
    return _button(
        request, lambda: monthly.confirm(found), _("Confirm your monthly check"), _("Confirm"),
        _("Confirmed. The first letter comes in a month."),
    )  # fmt: skip


@_private
@get_or_post
def stop(request: HttpRequest, token: str) -> HttpResponse:
    found = _or_404(monthly.to_stop(token))
    return _button(
        request, lambda: monthly.stop(found), _("Stop the monthly check"), _("Stop it"),
        _("Stopped. Your mail address is removed."),
    )  # fmt: skip


def _why(cause: str, request: HttpRequest) -> dict[str, str]:
    """The sentence in the reader's language, and the reader's own words of the program, in English."""
    return {"said": causes.say(cause, request.LANGUAGE_CODE), "detail": cause}


def _button(
    request: HttpRequest, deed: Callable[[], Any], title: str, button: str, done: str
) -> HttpResponse:
    """A page that asks for one press: programs that open links in letters must not do the deed."""
    form = EmptyForm(request.POST if request.method == "POST" else None)
    page = {"title": title, "button": button, "back": None, "cancel": "datacheck:start"}
    return handle(request, form, deed, done, "datacheck:start", page)


def _or_404(found: Monthly | None) -> Monthly:
    if found is None:
        raise Http404
    return found


def _opened(token: str) -> Opened:
    opened = services.open_run(token)
    if opened is None:
        raise Http404
    return opened


def _length(request: HttpRequest) -> int:
    given = request.META.get("CONTENT_LENGTH") or ""
    return int(given) if given.isdecimal() else 0
