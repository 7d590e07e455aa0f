# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mail on requests and outputs: to the other side of each move."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import override

from knooppunt.facilities.models import Enquiry, Output
from knooppunt.facilities.permissions import CHECKERS
from knooppunt.jobs import letters
from knooppunt.people import services as people
from knooppunt.people.roles import EDITORS


def asker(enquiry: Enquiry) -> Iterable[Any]:
    return people.people_with(enquiry.request.organisation, *EDITORS)


def lab(enquiry: Enquiry) -> Iterable[Any]:
    return people.people_with(enquiry.facility.organisation, *CHECKERS)


def tell(enquiry: Enquiry, what: Any, readers: Iterable[Any], *, actor: Any, note: str = "") -> None:
    """Tell readers, except who did it, what happened with a request at a facility."""
    _write(readers, actor, enquiry, what, note, enquiry.get_absolute_url)


def tell_output(output: Output, what: Any, readers: Iterable[Any], *, actor: Any, note: str = "") -> None:
    _write(readers, actor, output.enquiry, what, note, output.get_absolute_url)


def _write(readers: Iterable[Any], actor: Any, enquiry: Enquiry, what: Any, note: str, address: Any) -> None:
    for user in sorted(set(readers), key=lambda user: user.pk):
        if actor is not None and user.pk == actor.pk:
            continue
        with override(user.language):
            context = {
                "title": enquiry.request.title,
                "facility": enquiry.facility.text("title", user.language),
                "what": str(what),
                "note": note,
                "address": settings.PUBLIC_URL + address(),
            }
        letters.write(user.email, "facilities/mail/moved", context, user.language)
