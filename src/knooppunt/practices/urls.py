# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from knooppunt.practices import downloads, views, views_write

app_name = "practices"
urlpatterns = [
    path("praktijken", views.overview, name="overview"),
    path("praktijken/nieuw", views_write.begin, name="begin"),
    path("praktijken/werk", views_write.desk, name="desk"),
    path("praktijken/sjabloon.xlsx", downloads.template_xlsx, name="template-xlsx"),
    path("praktijken/sjabloon.csv", downloads.template_csv, name="template-csv"),
    path("praktijken/<slug:slug>", views.practice, name="practice"),
    path("praktijken/<slug:slug>/geschiedenis", views.history, name="history"),
    path("praktijken/<slug:slug>/verschil", views.difference, name="difference"),
    path("praktijken/<slug:slug>/versie/<int:number>", views.version, name="version"),
    path("praktijken/<slug:slug>/ook-gedaan", views_write.reuse, name="reuse"),
    path("praktijken/<slug:slug>/contact", views_write.contact, name="contact"),
    path("praktijken/<slug:slug>/werk", views_write.work, name="work"),
    path("praktijken/<slug:slug>/bewerken/begin", views_write.edit_begin, name="edit-begin"),
    path("praktijken/<slug:slug>/bewerken", views_write.edit, name="edit"),
    path("praktijken/<slug:slug>/bewerken/verlaten", views_write.leave, name="leave"),
    path("praktijken/<slug:slug>/voorbeeld", views_write.preview, name="preview"),
    path("praktijken/<slug:slug>/eerder/<int:number>", views_write.past_save, name="past-save"),
    path("praktijken/<slug:slug>/zet/<slug:verb>", views_write.move, name="move"),
    path("praktijken/<slug:slug>/reactie", views_write.comment, name="comment"),
    path("praktijken/<slug:slug>/reactie/<int:pk>", views_write.resolve, name="resolve"),
]
