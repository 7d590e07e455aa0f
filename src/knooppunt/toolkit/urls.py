# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from knooppunt.toolkit import views

app_name = "toolkit"
urlpatterns = [
    path("toolkit", views.overview, name="overview"),
    path("veelgestelde-vragen", views.faqs, name="faqs"),
    path("veelgestelde-vragen/<slug:slug>", views.faq, name="faq"),
    path("begrippen", views.terms, name="terms"),
    path("begrippen.ttl", views.turtle, name="turtle"),
    path("begrippen/<slug:slug>", views.term, name="term"),
]
