# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from knooppunt.datacheck.models import Profile
from knooppunt.datacheck.policies import MOST_BYTES


class StartForm(forms.Form):
    """An address or a file, and what to hold it against."""

    address = forms.CharField(
        label=_("Address of the catalogue"), required=False, max_length=2000,
        help_text=_("Of the catalogue itself (DCAT, CKAN, CSW, data.json or CSV), not of a page about it."),
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Or a file"), required=False, help_text=_("At most 50 MB. It is removed once it was checked.")
    )
    profile = forms.ChoiceField(
        label=_("Hold it against"), choices=Profile.choices, initial=Profile.NL, widget=forms.RadioSelect
    )

    def clean_address(self) -> str:
        address = self.cleaned_data["address"].strip()
        if address:
            URLValidator(
                schemes=["http", "https"], message=_("Give a whole address that begins with https://.")
            )(address)
            if urlsplit(address).username:
                raise forms.ValidationError(_("Give an address without a user name in it."))
        return address

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 50 MB. Give a part of it."))
        return file

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.errors and bool(values.get("address")) == bool(values.get("file")):
            raise forms.ValidationError(_("Give an address or a file: one of the two."))
        return values


class MonthlyForm(forms.Form):
    """Where to write every month."""

    email = forms.EmailField(
        label=_("Your mail address"), max_length=254,
        help_text=_("Only for this letter. You confirm it first, and can stop with every letter."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip


class EmptyForm(forms.Form):
    """A button and nothing to fill in."""
