# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "knooppunt.editorial"
    verbose_name = _("News and pages")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate, pre_save
        from wagtail.images.models import Image
        from wagtail.signals import page_published, page_unpublished

        from knooppunt.editorial import access, images, keeping, publishing
        from knooppunt.editorial.cards import register
        from knooppunt.web import navigation

        register()
        keeping.register()
        pre_save.connect(images.clean, sender=Image, dispatch_uid="editorial-images")
        page_published.connect(publishing.published, dispatch_uid="editorial-published")
        page_unpublished.connect(publishing.unpublished, dispatch_uid="editorial-unpublished")
        post_migrate.connect(access.prepare, sender=self, dispatch_uid="editorial-access")
        navigation.add("editorial:overview", _("News"), 60, foot=True)
