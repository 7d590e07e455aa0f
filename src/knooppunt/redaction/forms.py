# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""A form whose texts others will read: what looks like personal data is proposed for redaction, once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.catalogue.texts import showable
from knooppunt.redaction.finding import find, redact


class ShowableForm(forms.Form):
    """A form whose texts lose the signs that no page can show."""

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        return {k: showable(v) if isinstance(v, str) else v for k, v in values.items()}


class RedactingForm(ShowableForm):
    """The fields in `read_by_others` come back with the proposals made; who sends the form again sends them
    as they stand then.
    """

    read = forms.BooleanField(required=False, widget=forms.HiddenInput)
    read_by_others: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("read"):
            return values
        lang = (get_language() or "nl")[:2]
        proposed = {name: find(values.get(name) or "") for name in self.read_by_others}
        if any(proposed.values()):
            self.data = self.data.copy()
            self.data["read"] = "1"
            for name, findings in proposed.items():
                if findings:
                    self.data[name] = redact(values[name], findings, lang)
            self.add_error(
                None,
                _(
                    "This looks like personal data, and was replaced below: %(what)s. Read it, put back "
                    "what your readers may know, and send it again."
                )
                % {"what": ", ".join(f"“{f.text}”" for some in proposed.values() for f in some)},
            )
        return values
