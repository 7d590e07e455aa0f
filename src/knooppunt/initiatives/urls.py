# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern

app_name = "initiatives"
urlpatterns: list[URLPattern] = []
