# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.http import Http404, HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from knooppunt.catalogue.models import Card
from tests.toykind import views
from tests.toykind.models import Toy

app_name = "toy"
PAGE = """{% extends "web/base.html" %}{% load catalogue %}{% block title %}{{ toy }}{% endblock %}
{% block content %}<h1>{% localised toy "name" %}</h1>
{% json_ld "toy" toy %}{% card_around "toy" toy.slug %}{% endblock %}"""


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    if not Card.objects.filter(kind="toy", key=slug).exists():
        raise Http404
    template = engines["django"].from_string(PAGE)
    return HttpResponse(template.render({"toy": Toy.objects.get(slug=slug)}, request))


urlpatterns = [
    path("speelgoed/<slug:slug>", detail, name="detail"),
    path("ontwerpen/<slug:slug>", views.design, name="design"),
    path("ontwerpen/<slug:slug>/werk", views.work, name="work"),
    path("ontwerpen/<slug:slug>/bewerken", views.edit, name="edit"),
    path("ontwerpen/<slug:slug>/zet/<slug:verb>", views.move, name="move"),
]
