# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What news and pages bring to the hub."""

from django.apps import apps
from django.db.models.signals import post_migrate, pre_save
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import Image
from wagtail.signals import page_published, page_unpublished

from knooppunt.editorial import access, images, publishing, retention
from knooppunt.editorial.cards import KINDS
from knooppunt.flow.app import App, Menu, Personal


def _connect() -> None:
    """Follow what editors do in Wagtail."""
    pre_save.connect(images.clean, sender=Image, dispatch_uid="editorial-images")
    page_published.connect(publishing.published, dispatch_uid="editorial-published")
    page_unpublished.connect(publishing.unpublished, dispatch_uid="editorial-unpublished")
    ours = apps.get_app_config("editorial")
    post_migrate.connect(access.prepare, sender=ours, dispatch_uid="editorial-access")


APP = App(
    name="editorial",
    kinds=KINDS,
    not_exported="news belongs to this hub, and is old when another reads it",
    personal={"editorial": Personal(retention.models(), retention.own_data)},
    menu=(Menu("editorial:overview", _("News"), 60, foot=True),),
    also=_connect,
)
