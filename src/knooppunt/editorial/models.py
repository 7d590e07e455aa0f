# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""News and pages of the hub's own editors. Wagtail keeps their revisions and images; what anyone reads is
drawn by our own views, under our own policy for content.

A page is in one language, marked as such; its counterpart in the other language is a page of its own.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from knooppunt.catalogue.kinds import path

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "image", "hr"]


class Text(Page):
    """What news and fixed pages share: language, a sentence that says it all, and the text."""

    language = models.CharField(
        _("language"), max_length=2, choices=[("nl", "Nederlands"), ("en", "English")]
    )
    summary = models.CharField(_("in one sentence"), max_length=300)
    body = RichTextField(_("text"), features=FEATURES)
    image = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("image"),
    )  # fmt: skip
    view = ""

    content_panels = [
        *Page.content_panels,
        *(FieldPanel(name) for name in ("language", "summary", "image", "body")),
    ]
    promote_panels = [FieldPanel("slug")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types: list[str] = []
    show_in_menus_default = False
    is_creatable = False
    template = "editorial/text.html"

    def get_absolute_url(self) -> str:
        return f"/{self.language}{path(self.view, self.slug)}"

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str]:
        """Where 'view live' leads: our own address, not one in Wagtail's tree."""
        return (1, settings.PUBLIC_URL, self.get_absolute_url())

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "text": self, "preview": True}


class NewsPage(Text):
    """A piece of news: in the list of news, in search and in feeds."""

    view = "editorial:news"
    is_creatable = True

    class Meta:
        verbose_name = _("piece of news")


class FixedPage(Text):
    """A page that stays: what the hub is, how it works."""

    view = "editorial:page"
    is_creatable = True

    class Meta:
        verbose_name = _("fixed page")
