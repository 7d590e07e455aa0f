# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""The roles one can try in a demo: positions, not persons."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knooppunt.people.roles import HubRole, Role

BREDA = "gemeente-breda"


@dataclass(frozen=True)
class Persona:
    label: Promise | str
    hub_role: HubRole = HubRole.MEMBER
    roles: tuple[tuple[str, Role], ...] = ()


PERSONAS = {
    "member": Persona(_("Member of a ministry"), roles=(("bzk", Role.MEMBER),)),
    "editor": Persona(_("Editor of a ministry"), roles=(("bzk", Role.EDITOR),)),
    "municipal-editor": Persona(_("Editor of a municipality"), roles=((BREDA, Role.EDITOR),)),
    "municipal-reviewer": Persona(_("Second editor of a municipality"), roles=((BREDA, Role.EDITOR),)),
    "municipal-administrator": Persona(
        _("Administrator of a municipality"), roles=((BREDA, Role.ADMINISTRATOR),)
    ),
    "privacy-officer": Persona(
        _("Privacy officer of a municipality"), roles=((BREDA, Role.PRIVACY_OFFICER),)
    ),
    "data-steward": Persona(_("Data steward of a municipality"), roles=((BREDA, Role.DATA_STEWARD),)),
    "hub-editor": Persona(_("Hub editor"), HubRole.EDITOR),
    "connector": Persona(_("Hub connector"), HubRole.CONNECTOR),
    "administrator": Persona(
        _("Hub administrator"), HubRole.ADMINISTRATOR, roles=(("bzk", Role.ADMINISTRATOR),)
    ),
}
