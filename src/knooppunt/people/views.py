# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sign in and out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from knooppunt.people import services
from knooppunt.people.forms import DemoSignInForm, SignInForm
from knooppunt.people.models import Role
from knooppunt.web.redirects import back
from knooppunt.web.views import is_loopback


def demo_allowed(request: HttpRequest) -> bool:
    """Demo sign-in needs demo mode and a direct request from this machine."""
    return settings.DEMO and is_loopback(request)


class SignIn(LoginView):
    template_name = "people/sign_in.html"
    form_class = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        roles = Role.choices if demo_allowed(self.request) else []
        return super().get_context_data(**kwargs, demo_roles=roles)


class SignOut(LogoutView):
    pass


@never_cache
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    if not demo_allowed(request):
        raise Http404
    form = DemoSignInForm(request.POST)
    if not form.is_valid():
        return redirect("people:sign-in")
    user = services.demo_account(form.cleaned_data["role"], request.LANGUAGE_CODE)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return back(request, settings.LOGIN_REDIRECT_URL)
