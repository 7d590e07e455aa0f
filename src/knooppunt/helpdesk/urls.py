# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from knooppunt.helpdesk import views, views_desk, views_learning, views_officer

app_name = "helpdesk"
urlpatterns = [
    path("helpdesk", views.ask, name="ask"),
    path("helpdesk/suggesties", views.suggestions, name="suggestions"),
    path("helpdesk/geholpen", views.helped, name="helped"),
    path("helpdesk/bureau", views_desk.queue, name="queue"),
    path("helpdesk/bureaus/nieuw", views_desk.keep_desk, name="new-desk"),
    path("helpdesk/bureaus/<slug:slug>", views.ask, name="desk"),
    path("helpdesk/bureaus/<slug:slug>/wijzig", views_desk.keep_desk, name="change-desk"),
    path("privacyfunctionaris", views_officer.home, name="officer"),
    path("helpdesk/geleerd", views_learning.learned, name="learned"),
    path("helpdesk/geleerd/<int:pk>/vergeet", views_learning.forget, name="forget"),
    path("helpdesk/vraag", views.open_by_key, name="open"),
    path("helpdesk/vraag/<int:pk>", views.question_page, name="question"),
    path("helpdesk/vraag/<int:pk>/zet/<slug:verb>", views_desk.move, name="move"),
    path("helpdesk/vraag/<int:pk>/bijlage/<int:number>", views.attachment, name="attachment"),
    path("helpdesk/vraag/<int:pk>/oordeel", views.judge, name="judge"),
    path("helpdesk/vraag/<int:pk>/notitie", views_desk.note, name="note"),
]
