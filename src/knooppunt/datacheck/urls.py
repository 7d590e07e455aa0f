# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from knooppunt.datacheck import views

app_name = "datacheck"
urlpatterns = [
    path("datacheck", views.start, name="start"),
    path("datacheck/badge/<str:badge>.svg", views.badge, name="badge"),
    path("datacheck/bevestig/<str:token>", views.confirm, name="confirm"),
    path("datacheck/stop/<str:token>", views.stop, name="stop"),
    path("datacheck/<str:token>", views.run, name="run"),
    path("datacheck/<str:token>/maandelijks", views.every_month, name="monthly"),
    path("datacheck/<str:token>/verwijder", views.remove, name="remove"),
    path("datacheck/<str:token>/herstellijst.<str:form>", views.download, name="download"),
]
