# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from knooppunt.editorial import views

app_name = "editorial"
urlpatterns = [
    path("nieuws", views.overview, name="overview"),
    path("nieuws/<slug:slug>", views.news, name="news"),
    path("pagina/<slug:slug>", views.page, name="page"),
]
