# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from knooppunt.people.models import Role


class SignInForm(AuthenticationForm):
    """User name and password; the same answer for an unknown name and a wrong password."""

    error_messages = {
        "invalid_login": _("This name and password do not match an account. Check both; capitals count."),
        "inactive": _("This name and password do not match an account. Check both; capitals count."),
    }


class DemoSignInForm(forms.Form):
    """One button per role, in demo mode only."""

    role = forms.ChoiceField(choices=Role.choices, label=_("Role"))
