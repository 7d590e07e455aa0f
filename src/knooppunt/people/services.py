# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other apps may call of people and organisations."""

from knooppunt.people.accounts import create_administrator, demo_account
from knooppunt.people.alike import alike
from knooppunt.people.organisationpage import add as show_on_organisation
from knooppunt.people.queries import (
    account_name,
    current,
    edits_for,
    has_role,
    is_hub,
    is_somebody,
    organisation,
    organisations,
    people_with,
    roles_of,
    staff,
)

__all__ = [
    "account_name",
    "alike",
    "create_administrator",
    "current",
    "demo_account",
    "edits_for",
    "has_role",
    "is_hub",
    "is_somebody",
    "organisation",
    "organisations",
    "people_with",
    "roles_of",
    "show_on_organisation",
    "staff",
]
