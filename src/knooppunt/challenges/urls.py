# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from knooppunt.challenges import views

app_name = "challenges"
urlpatterns = [
    path("opgaven", views.overview, name="overview"),
    path("opgaven/<slug:slug>", views.challenge, name="challenge"),
    path("opgaven/<slug:slug>/data.csv", views.data_csv, name="data-csv"),
    path("opgaven/<slug:slug>/organisaties.csv", views.workers_csv, name="workers-csv"),
]
