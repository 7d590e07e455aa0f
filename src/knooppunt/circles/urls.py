# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from knooppunt.circles import views, views_connector, views_digest, views_meetings, views_members

app_name = "circles"
urlpatterns = [
    path("kringen", views.overview, name="overview"),
    path("kringen/nieuw", views.start, name="start"),
    path("kringen/werklijst", views_connector.desk, name="worklist"),
    path("kringen/weekbericht", views_digest.mine, name="digest"),
    path("kringen/weekbericht/stoppen", views_digest.stop, name="stop-digest"),
    path("kringen/werklijst/<slug:kind>/<slug:key>", views_connector.remind, name="remind"),
    path("kringen/voorstel/<slug:one>/<slug:other>", views_connector.propose, name="propose"),
    path("kringen/voorstel/<int:pk>", views_connector.introduction, name="introduction"),
    path("kringen/voorstel/<int:pk>/zet/<slug:verb>", views_connector.move, name="move"),
    path("kringen/<slug:slug>", views.circle, name="circle"),
    path("kringen/<slug:slug>/agenda.ics", views_meetings.calendar_feed, name="calendar"),
    path("kringen/<slug:slug>/kring.atom", views_meetings.atom_feed, name="atom"),
    path("kringen/<slug:slug>/bewerken", views.change, name="change"),
    path("kringen/<slug:slug>/leden", views_members.members, name="members"),
    path("kringen/<slug:slug>/leden/<int:pk>/<slug:deed>", views_members.arrange, name="arrange"),
    path("kringen/<slug:slug>/adres", views_members.renew_feed, name="renew-feed"),
    path("kringen/<slug:slug>/meedoen", views_members.join, name="join"),
    path("kringen/<slug:slug>/uitnodigen", views_members.invite, name="invite"),
    path("kringen/<slug:slug>/verlaten", views_members.leave, name="leave"),
    path("kringen/<slug:slug>/bijeenkomst", views_meetings.plan, name="plan"),
    path("kringen/<slug:slug>/bijeenkomst/<int:pk>", views_meetings.meeting, name="meeting"),
    path(
        "kringen/<slug:slug>/bijeenkomst/<int:pk>.ics",
        views_meetings.meeting_calendar,
        name="meeting-calendar",
    ),
    path("kringen/<slug:slug>/bijeenkomst/<int:pk>/komen", views_meetings.come, name="come"),
    path("kringen/<slug:slug>/bijeenkomst/<int:pk>/bewerken", views_meetings.plan, name="change-meeting"),
    path("kringen/<slug:slug>/bijeenkomst/<int:pk>/verslag", views_meetings.notes, name="notes"),
]
