# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of designs: the public one with whom to ask, the one to work on, the form, and the move."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.views.decorators.http import require_safe

from knooppunt.catalogue.wording import words
from knooppunt.flow.difference import differences
from knooppunt.initiatives import services as initiatives
from knooppunt.people import services as people
from knooppunt.web.forms import get_or_post, handle
from tests.toykind import services
from tests.toykind.models import Design, Version
from tests.toykind.states import FLOW, State

PAGE = """{% extends "web/base.html" %}{% load catalogue %}{% block title %}{{ design }}{% endblock %}
{% block content %}<h1>{% words title %}</h1><p>{% organisation keeper %}</p>
<p>{% words text %}</p>
{% for button in buttons %}<a href="{% url "toy:move" design.slug button.verb %}">{{ button.label }}</a>
{% endfor %}{% for one in differences %}{% for part in one.parts %}
<span class="{{ part.kind }}">{{ part.text }}</span>{% endfor %}{% endfor %}
{% for step in version.steps.all %}<p>{{ step.verb }}: {{ step.note }}</p>{% endfor %}
{% if ask %}<a href="{% url "initiatives:ask" keeper.slug %}?over=design:{{ design.slug }}">Contact</a>
{% endif %}{% if public %}{% json_ld "design" design %}{% card_around "design" design.slug %}{% endif %}
{% endblock %}"""


class DesignForm(forms.Form):
    title = forms.CharField(max_length=100)
    text = forms.CharField(widget=forms.Textarea)

    def content(self) -> dict[str, Any]:
        return {name: {"nl": self.cleaned_data[name]} for name in ("title", "text")}


class NoteForm(forms.Form):
    note = forms.CharField(widget=forms.Textarea, required=False)


def _page(request: HttpRequest, version: Version, **more: Any) -> HttpResponse:
    design = version.design
    keeper = people.organisation(design.organisation)
    texts = {"title": words(version.title), "text": words(version.content["text"])}
    page = {"design": design, "version": version, "keeper": keeper, **texts, **more}
    return HttpResponse(engines["django"].from_string(PAGE).render(page, request))


@require_safe
def design(request: HttpRequest, slug: str) -> HttpResponse:
    version = get_object_or_404(Version, design__slug=slug, state=State.PUBLISHED)
    ask = bool(initiatives.contactable([version.design.organisation]))
    return _page(request, version, public=True, ask=ask)


def _open(request: HttpRequest, slug: str) -> Version:
    """The version that is worked on, else the public one; 404 for who is nobody to it."""
    found = get_object_or_404(Design, slug=slug)
    version = found.open or found.public
    if version is None or not FLOW.may_do("see", services.parties(request.user, version)):
        raise Http404
    return version


@login_required
@require_safe
def work(request: HttpRequest, slug: str) -> HttpResponse:
    version = _open(request, slug)
    buttons = FLOW.buttons(version.state, services.parties(request.user, version))
    before = version.design.public.content if version.design.public else {}
    texts = [{name: text.get("nl", "") for name, text in one.items()} for one in (before, version.content)]
    found = differences(*texts, [("title", "Title"), ("text", "Text")])
    return _page(request, version, buttons=buttons, differences=found)


@login_required
@get_or_post
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    version = _open(request, slug)
    initial = {name: text.get("nl", "") for name, text in version.content.items()}
    form = DesignForm(request.POST or None, initial=initial)
    page = {"title": "Write", "button": "Save"}
    deed = lambda: services.save(version, form.content(), actor=request.user)  # noqa: E731
    return handle(request, form, deed, "Saved.", version.design, page)


@login_required
@get_or_post
def move(request: HttpRequest, slug: str, verb: str) -> HttpResponse:
    version = _open(request, slug)
    if verb not in FLOW.by_hand():
        raise Http404
    form = NoteForm(request.POST if request.method == "POST" else None)
    page = {"title": FLOW.label(verb), "button": FLOW.label(verb)}
    deed = lambda: services.move(version, verb, actor=request.user, note=form.cleaned_data["note"])  # noqa: E731
    return handle(request, form, deed, "Done.", version.design, page)
