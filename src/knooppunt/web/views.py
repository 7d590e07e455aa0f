# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of the house itself: health, security contact, robots, accessibility, the demo's mailbox."""

from __future__ import annotations

import email
import email.policy
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import split_domain_port
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when this process can read the database; details are for `knooppunt doctor`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. Without a configured contact there is no such file."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (timezone.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.PUBLIC_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /nl/zoeken", "Disallow: /en/zoeken"]
    lines.append(f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "web/privacy.html")


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Mail that would have been sent: only in demo mode, only from this machine, newest first."""
    if not settings.DEMO or not is_loopback(request):
        raise Http404
    files = sorted(Path(settings.MAILBOX).glob("*.log"), reverse=True)[:50]
    return render(request, "web/mailbox.html", {"mails": [m for f in files for m in _mails(f)]})


# What proxies add: a request with any of these did not come straight from a browser on this machine.
PROXY_HEADERS = ("FORWARDED", "VIA", "X_REAL_IP", "X_CLIENT_IP", "X_CLUSTER_CLIENT_IP", "TRUE_CLIENT_IP")
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")


def is_loopback(request: HttpRequest) -> bool:
    """True for a direct request from this machine to this machine; what a proxy passed on never counts.

    A proxy that says nothing of itself cannot be told from a browser: demo mode is not for behind one,
    and settings refuse it together with an https address.
    """
    sent = [name.removeprefix("HTTP_") for name in request.META if name.startswith("HTTP_")]
    if any(name.startswith("X_FORWARDED") or name in PROXY_HEADERS for name in sent):
        return False
    host, _port = split_domain_port(request.get_host())
    address = request.META.get("REMOTE_ADDR", "")
    return host in LOOPBACK_HOSTS and (address == "::1" or address.startswith("127."))


def _mails(file: Path) -> list[dict[str, str]]:
    parts = file.read_bytes().split(b"-" * 79 + b"\n")
    mails = [email.message_from_bytes(p, policy=email.policy.default) for p in parts if p.strip()]
    return [
        {"to": m["to"] or "", "subject": m["subject"] or "", "date": m["date"] or "", "body": _body(m)}
        for m in reversed(mails)
    ]


def _body(message: email.message.EmailMessage) -> str:
    part = message.get_body(("plain",))
    return part.get_content() if part else ""
