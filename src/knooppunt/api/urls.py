# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path, re_path

from knooppunt.api import embeds, face, views

app_name = "api-pages"
# Pages for people, under /nl and /en.
urlpatterns = [
    path("profiel/sleutels", views.own_tokens, name="tokens"),
    path("profiel/sleutels/<int:pk>/intrekken", views.withdraw_token, name="withdraw-token"),
    path("data", views.data, name="data"),
    re_path(r"^data/(?P<name>[a-z-]{1,40})\.(?P<form>csv|xlsx)$", views.table, name="table"),
    re_path(r"^data/(?P<name>[a-z-]{1,40})\.ndjson$", views.bulk, name="bulk"),
    path("embed/lijst", embeds.listing, name="embed-list"),
    path("embed/kaart/<slug:kind>/<path:key>", embeds.card, name="embed-card"),
    path("embed/badge/<slug:kind>/<path:key>", embeds.badge, name="embed-badge"),
]
# For programs, the same whatever the language.
machine_urlpatterns = [
    path("api/v1/", face.make().urls),
    re_path(r"^api/(?P<rest>.*)$", views.nothing),
]
