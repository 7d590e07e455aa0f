# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""May this person do this? What a person is to an enquiry or an output, and what each party may."""

from __future__ import annotations

from typing import Any

from knooppunt.facilities import outputstates
from knooppunt.facilities.models import Enquiry, Facility, Output, Request
from knooppunt.facilities.states import FLOW, Party
from knooppunt.people import services as people
from knooppunt.people.roles import EDITORS, Role
from knooppunt.web.answers import Answer

CHECKERS = (*EDITORS, Role.DATA_STEWARD)


def keeps(user: Any, facility: Facility) -> bool:
    """Edits for the organisation that keeps the facility."""
    return people.has_role(user, facility.organisation, *EDITORS)


def parties(user: Any, enquiry: Enquiry) -> set[Party]:
    """What a person is to an enquiry; one who edits for both organisations is both."""
    found = set()
    if people.has_role(user, enquiry.request.organisation, *EDITORS):
        found.add(Party.ASKER)
    if people.has_role(user, enquiry.facility.organisation, *CHECKERS):
        found.add(Party.LAB)
    return found


def may(user: Any, deed: str, enquiry: Enquiry) -> Answer:
    return FLOW.may_do(deed, parties(user, enquiry))


def may_see_request(user: Any, request: Request) -> bool:
    """The asker's editors, and whoever keeps one of the facilities that were asked."""
    if people.has_role(user, request.organisation, *EDITORS):
        return True
    labs = request.enquiries.values_list("facility__organisation", flat=True)
    return any(people.has_role(user, slug, *CHECKERS) for slug in labs)


def may_move(user: Any, enquiry: Enquiry, verb: str) -> Answer:
    return FLOW.may(verb, enquiry.state, parties(user, enquiry))


def output_parties(user: Any, output: Output) -> set[outputstates.Party]:
    """What a person is to an output: who uploaded it or decided already is no checker of it."""
    found: set[outputstates.Party] = set()
    enquiry = output.enquiry
    if people.has_role(user, enquiry.request.organisation, *EDITORS):
        found.add(outputstates.Party.MAKER)
    if people.has_role(user, enquiry.facility.organisation, *CHECKERS) and not _took_part(user, output):
        found.add(outputstates.Party.CHECKER)
    return found


def _took_part(user: Any, output: Output) -> bool:
    return output.uploaded_by_id == user.pk or output.decisions.filter(person=user).exists()


def may_move_output(user: Any, output: Output, verb: str) -> Answer:
    return outputstates.FLOW.may(verb, output.state, output_parties(user, output))


def may_see_output(user: Any, output: Output) -> Answer:
    return may(user, "see", output.enquiry)


def may_fetch_uploaded(user: Any, output: Output) -> bool:
    """Those who check, also after they decided; never the makers: before release nothing leaves by us."""
    return people.has_role(user, output.enquiry.facility.organisation, *CHECKERS)
