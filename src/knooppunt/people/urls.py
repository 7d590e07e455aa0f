# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from knooppunt.people import views

app_name = "people"
urlpatterns = [
    path("aanmelden", views.SignIn.as_view(), name="sign-in"),
    path("aanmelden/demo", views.demo_sign_in, name="demo-sign-in"),
    path("afmelden", views.SignOut.as_view(), name="sign-out"),
]
