# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms: sign in, find an organisation, join one, and what a person tells."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knooppunt.people.demo import PERSONAS
from knooppunt.people.models import Consent, Expertise, OrganisationKind, Profile, User
from knooppunt.people.roles import Role

LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]


class DemoSignInForm(forms.Form):
    """One button per role, in demo mode only."""

    role = forms.ChoiceField(choices=[(name, p.label) for name, p in PERSONAS.items()], label=_("Role"))


class DirectoryForm(forms.Form):
    """What one looks for in the list of organisations; wrong values are left out, never an error."""

    q = forms.CharField(label=_("Name, place or code"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *OrganisationKind.choices]
    )

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class InviteForm(forms.Form):
    """A role for a mail address."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class ClaimForm(forms.Form):
    """Ask for a role at an organisation."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.EDITOR)
    motivation = forms.CharField(
        label=_("Why you ask"),
        help_text=_("For example your position, and who can confirm it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DecisionForm(forms.Form):
    granted = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Grant")), ("no", _("Refuse"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"), help_text=_("The asker reads this."), max_length=500, required=False
    )


class ProfileForm(forms.Form):
    """What a person tells, and which of it everyone may see. Nothing is ticked beforehand."""

    name = forms.CharField(
        label=_("Name"), max_length=100, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    position = forms.CharField(
        label=_("Position"), max_length=150, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )  # fmt: skip
    about = forms.CharField(
        label=_("About your work"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    language = forms.ChoiceField(label=_("You write in"), choices=LANGUAGES)
    offered = forms.CharField(
        label=_("What you can help others with"),
        help_text=_("One subject on a line, for example: sewers, GDPR, R."),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    sought = forms.CharField(
        label=_("What you look for help with"),
        help_text=_("One subject on a line."),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    shown = forms.MultipleChoiceField(
        label=_("What everyone may see"),
        help_text=_("Nobody sees what you do not tick. You can change this at any time."),
        choices=Consent.Field.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    @staticmethod
    def of(user: User, profile: Profile) -> dict[str, Any]:
        """What the form shows at first."""
        subjects = {
            direction: "\n".join(user.expertise.filter(direction=direction).values_list("subject", flat=True))
            for direction in Expertise.Direction.values
        }
        shown = list(user.consents.values_list("field", flat=True))
        fields = {f: getattr(profile, f) for f in ("name", "position", "about", "language")}
        return fields | subjects | {"shown": shown}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("shown") and not data.get("name") and Consent.Field.NAME in data["shown"]:
            self.add_error("name", _("Give a name, or do not show it."))
        return data

    def told(self) -> dict[str, Any]:
        """Arguments for `profiles.tell`."""
        data = self.cleaned_data
        return {
            "values": {f: data[f] for f in ("name", "position", "about", "language")},
            "offered": data["offered"].splitlines(),
            "sought": data["sought"].splitlines(),
            "shown": set(data["shown"]),
        }


class ContactForm(forms.Form):
    message = forms.CharField(
        label=_("Your message"),
        help_text=_("Your e-mail address goes along, so that you can get an answer."),
        min_length=10,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class EraseForm(forms.Form):
    """One has to type the word: a slip must not erase an account."""

    confirm = forms.CharField(
        label=_("Type ERASE to confirm"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean_confirm(self) -> str:
        word = self.cleaned_data["confirm"].strip().upper()
        if word not in ("ERASE", "WISSEN"):
            raise forms.ValidationError(_("Type the word ERASE exactly, or leave this page."))
        return word
