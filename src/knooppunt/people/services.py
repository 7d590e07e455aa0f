# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What other apps may call of people and organisations."""

from knooppunt.people.accounts import create_administrator, demo_account
from knooppunt.people.alike import alike
from knooppunt.people.fields import OrganisationField
from knooppunt.people.mergers import facets as organisation_facets
from knooppunt.people.mergers import shown_name, standing
from knooppunt.people.queries import (
    account_name,
    current,
    edits_for,
    goes_on_as,
    has_role,
    is_hub,
    is_somebody,
    organisation,
    organisations,
    people_with,
    roles_of,
    staff,
    works_at,
    writes_for,
)

__all__ = [
    "OrganisationField",
    "account_name",
    "alike",
    "create_administrator",
    "current",
    "demo_account",
    "edits_for",
    "goes_on_as",
    "has_role",
    "is_hub",
    "is_somebody",
    "organisation",
    "organisation_facets",
    "organisations",
    "people_with",
    "roles_of",
    "shown_name",
    "staff",
    "standing",
    "works_at",
    "writes_for",
]
