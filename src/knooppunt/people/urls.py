# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from knooppunt.people import views, views_members, views_own

app_name = "people"
urlpatterns = [
    path("aanmelden/demo", views.demo_sign_in, name="demo-sign-in"),
    path("organisaties", views.organisations, name="organisations"),
    path("organisaties.csv", views.organisations_csv, name="organisations-csv"),
    path("organisaties/<slug:slug>", views.organisation, name="organisation"),
    path("organisaties/<slug:slug>/mensen", views_members.members, name="members"),
    path("organisaties/<slug:slug>/mensen/uitnodigen", views_members.invite, name="invite"),
    path("organisaties/<slug:slug>/mensen/<int:pk>/rol", views_members.grant, name="grant"),
    path("organisaties/<slug:slug>/mensen/<int:pk>/stop", views_members.revoke, name="revoke"),
    path("organisaties/<slug:slug>/aanvraag", views_members.claim, name="claim"),
    path("aanvragen", views_members.claims, name="claims"),
    path("aanvragen/<int:pk>", views_members.decide, name="decide"),
    path("uitnodiging/<int:pk>/intrekken", views_members.withdraw_invitation, name="withdraw-invitation"),
    path("uitnodiging/<str:token>", views_members.accept, name="accept-invitation"),
    path("mensen/<slug:public_id>", views.person_page, name="person"),
    path("mensen/<slug:public_id>/bericht", views.contact, name="contact"),
    path("profiel", views_own.profile, name="profile"),
    path("profiel/gegevens", views_own.own_data, name="own-data"),
    path("profiel/wissen", views_own.erase, name="erase"),
]
