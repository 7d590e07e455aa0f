# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Addresses: machines' at the root, people's under /nl/ and /en/, no trailing slashes."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path
from wagtail.admin import urls as editors

from knooppunt.api import urls as api
from knooppunt.catalogue.sitemap import CardSitemap
from knooppunt.editorial.views import image
from knooppunt.people import urls_account as accounts
from knooppunt.web import errors, views

SITEMAPS = {"cards": CardSitemap}
urlpatterns = [
    path("healthz", views.health, name="health"),
    path(".well-known/security.txt", views.security_txt, name="security"),
    path("robots.txt", views.robots, name="robots"),
    path(
        "sitemap.xml",
        sitemaps.index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"},
        name="sitemap-index",
    ),
    path(
        "sitemap-<section>.xml",
        sitemaps.sitemap,
        {"sitemaps": SITEMAPS},
        name="sitemap",
    ),
    path("redactie/", include(editors)),
    path("media/images/<path:name>", image, name="image"),
    *accounts.machine_urlpatterns,
    *api.machine_urlpatterns,
    *i18n_patterns(
        path("", include("knooppunt.catalogue.urls")),
        path("", include("knooppunt.web.urls")),
        path("", include("knooppunt.people.urls")),
        path("", include(accounts)),
        path("", include("knooppunt.api.urls")),
        *(path("", include(f"{kind}.urls")) for kind in settings.KINDS),
    ),
]
handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
