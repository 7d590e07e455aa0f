# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who comes into the editors' part: the hub's own editors and administrators, asked at every request.

Wagtail knows groups; one group may write and publish texts and images, and nothing else. Nobody is a
superuser, so accounts, sites and settings cannot be reached there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from knooppunt.people import services as people
from knooppunt.people.roles import HubRole
from knooppunt.web import errors

PREFIX = "/redactie/"
GROUP = "hub editors"
EDITORS = (HubRole.EDITOR, HubRole.ADMINISTRATOR)
# Wagtail's own pages need inline styles and scripts; nothing may come from or go to elsewhere there either.
POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "frame-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'self'"],
}
BAD_INPUT = (ValueError, TypeError, LookupError, AttributeError, ObjectDoesNotExist)
logger = structlog.get_logger(__name__)
# Parts of Wagtail that nobody uses here: accounts, documents, sites, and a page that crashes on purpose.
CLOSED = (
    *("wagtailusers", "wagtaildocs", "wagtailsites", "wagtailadmin_error_test", "wagtailadmin_account"),
    *("wagtailadmin_login", "wagtailadmin_password", "wagtailadmin_workflow"),
)
Handler = Callable[[HttpRequest], HttpResponse]


class EditorsPart:
    """Guards the editors' part and gives it its own content policy; touches no other page."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        response = self.get_response(request)
        response._csp_replace = POLICY  # read by django-csp
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Wagtail trusts the identifiers that its own pages send; others' are bad input, not our crash."""
        if request.path.startswith(PREFIX) and isinstance(error, BAD_INPUT):
            logger.warning("bad input in the editors' part", error=type(error).__name__)
            return errors.bad_request(request)
        return None

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """A role that was taken back closes the door with the next request."""
        if not request.path.startswith(PREFIX):
            return
        if request.resolver_match.view_name.startswith(CLOSED):
            raise Http404
        if request.user.is_authenticated:
            if not people.is_hub(request.user, *EDITORS):
                raise PermissionDenied
            if not request.user.groups.filter(name=GROUP).exists():
                request.user.groups.add(Group.objects.get(name=GROUP))


def prepare(**_: Any) -> None:
    """The group with what it may do, after every migration; the groups that Wagtail makes may nothing."""
    from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

    group, _made = Group.objects.get_or_create(name=GROUP)
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    root = Page.get_first_root_node()
    if root is not None:
        for codename in ("add_page", "change_page", "publish_page"):
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    collection = Collection.get_first_root_node()
    if collection is not None:
        for codename in ("add_image", "change_image", "choose_image"):
            permission = Permission.objects.get(content_type__app_label="wagtailimages", codename=codename)
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )
    Group.objects.filter(name__in=("Editors", "Moderators")).delete()
    welcome = Page.objects.filter(depth=2, slug="home", title__startswith="Welcome to your new").first()
    if welcome is not None:
        Site.objects.filter(root_page=welcome).update(root_page=root)
        welcome.delete()
