# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from knooppunt.circles import views, views_connector

app_name = "circles"
urlpatterns = [
    path("kringen", views.overview, name="overview"),
    path("kringen/nieuw", views.start, name="start"),
    path("kringen/werklijst", views_connector.worklist, name="worklist"),
    path("kringen/voorstel/<slug:one>/<slug:other>", views_connector.propose, name="propose"),
    path("kringen/voorstel/<int:pk>", views_connector.introduction, name="introduction"),
    path("kringen/voorstel/<int:pk>/zet/<slug:verb>", views_connector.move, name="move"),
    path("kringen/<slug:slug>", views.circle, name="circle"),
    path("kringen/<slug:slug>/agenda.ics", views.calendar_feed, name="calendar"),
    path("kringen/<slug:slug>/meedoen", views.join, name="join"),
    path("kringen/<slug:slug>/uitnodigen", views.invite, name="invite"),
    path("kringen/<slug:slug>/verlaten", views.leave, name="leave"),
    path("kringen/<slug:slug>/bijeenkomst", views.plan, name="plan"),
    path("kringen/<slug:slug>/bijeenkomst/<int:pk>", views.meeting, name="meeting"),
    path("kringen/<slug:slug>/bijeenkomst/<int:pk>.ics", views.meeting_calendar, name="meeting-calendar"),
    path("kringen/<slug:slug>/bijeenkomst/<int:pk>/bewerken", views.plan, name="change-meeting"),
    path("kringen/<slug:slug>/bijeenkomst/<int:pk>/verslag", views.notes, name="notes"),
]
