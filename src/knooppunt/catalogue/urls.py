# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from knooppunt.catalogue import feeds, views, views_follow, views_matching

app_name = "catalogue"
urlpatterns = [
    path("", views.home, name="home"),
    path("zoeken", views.search, name="search"),
    path("kaart", views.country, name="map"),
    path("kaart.csv", views.country_csv, name="map-csv"),
    path("verwant", views_matching.matches, name="matches"),
    path("verwant/weg", views_matching.dismiss, name="dismiss"),
    path("verwant/terug/<int:pk>", views_matching.take_back, name="take-back"),
    path("verwant/uitleg", views_matching.explained, name="matching-explained"),
    path("zoeken.atom", feeds.SearchFeed(), name="feed"),
    path("volgen", views_follow.following, name="following"),
    path("volgen/kaartje", views_follow.follow_card, name="follow-card"),
    path("volgen/zoekvraag", views_follow.follow_search, name="follow-search"),
    path("volgen/<int:pk>/stop", views_follow.unfollow, name="unfollow"),
]
