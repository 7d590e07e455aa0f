# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from knooppunt.facilities import views, views_outputs, views_requests

app_name = "facilities"
urlpatterns = [
    path("faciliteiten", views.overview, name="overview"),
    path("faciliteiten/nieuw", views.offer, name="offer"),
    path("faciliteiten/samenwerken", views.together, name="together"),
    path("faciliteiten/samenwerken.csv", views.together_csv, name="together-csv"),
    path("faciliteiten/aanvragen", views_requests.desk, name="desk"),
    path("faciliteiten/aanvraag", views_requests.ask, name="ask"),
    path("faciliteiten/aanvraag/<int:pk>", views_requests.request_page, name="request"),
    path("faciliteiten/lab/<int:pk>", views_requests.enquiry, name="enquiry"),
    path("faciliteiten/lab/<int:pk>/zet/<slug:verb>", views_requests.move, name="move"),
    path("faciliteiten/lab/<int:pk>/boeken", views_requests.book, name="book"),
    path("faciliteiten/lab/<int:pk>/boeking/<int:booking>", views_requests.cancel, name="cancel"),
    path("faciliteiten/lab/<int:pk>/gebruik", views_requests.use, name="use"),
    path("faciliteiten/lab/<int:pk>/ervaring", views_requests.review, name="review"),
    path("faciliteiten/lab/<int:pk>/overeenkomst.<slug:form>", views_requests.agreement, name="agreement"),
    path("faciliteiten/lab/<int:pk>/uitkomst", views_outputs.upload, name="upload"),
    path("faciliteiten/uitkomst/<int:pk>", views_outputs.output, name="output"),
    path("faciliteiten/uitkomst/<int:pk>/zet/<slug:verb>", views_outputs.decide, name="decide"),
    path("faciliteiten/uitkomst/<int:pk>/bestand", views_outputs.uploaded, name="uploaded"),
    path("faciliteiten/uitkomst/<int:pk>/kopie.xlsx", views_outputs.released, name="released"),
    path("faciliteiten/uitkomst/<int:pk>/verslag.json", views_outputs.record, name="record"),
    path("faciliteiten/<slug:slug>", views.facility, name="facility"),
    path("faciliteiten/<slug:slug>/bewerken", views.edit, name="edit"),
    path("faciliteiten/<slug:slug>/sluiten", views.close, name="close"),
    path("faciliteiten/<slug:slug>/tijden", views.slots, name="slots"),
    path("faciliteiten/<slug:slug>/tijden/<int:pk>", views.remove_slot, name="remove-slot"),
]
