# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from knooppunt.initiatives import views, views_contacts

app_name = "initiatives"
urlpatterns = [
    path("initiatieven", views.overview, name="overview"),
    path("initiatieven/nieuw", views.post, name="post"),
    path("initiatieven/contacten", views_contacts.desk, name="contacts"),
    path("initiatieven/contacten/<int:pk>", views_contacts.contact, name="contact"),
    path("initiatieven/contacten/<int:pk>/zet/<slug:verb>", views_contacts.move, name="move-contact"),
    path("initiatieven/contact/<slug:slug>", views_contacts.ask, name="ask"),
    path("initiatieven/contactpersoon/<slug:slug>", views_contacts.contact_person, name="contact-person"),
    path("initiatieven/<slug:slug>", views.initiative, name="initiative"),
    path("initiatieven/<slug:slug>/bewerken", views.change, name="change"),
    path("initiatieven/<slug:slug>/hulp", views_contacts.ask_help, name="help"),
    path("initiatieven/<slug:slug>/praktijk", views.make_practice, name="make-practice"),
    path("initiatieven/<slug:slug>/zet/<slug:verb>", views.move, name="move"),
]
