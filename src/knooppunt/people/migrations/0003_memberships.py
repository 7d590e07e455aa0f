# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stood on an account as one organisation and one role becomes a membership and a role in the hub."""

from django.db import migrations

from knooppunt.people.models import public_id

AT_ORGANISATION = {"editor": "editor", "administrator": "administrator"}


def move(apps, schema_editor):
    user_model, organisation_model, membership_model = (
        apps.get_model("people", name) for name in ("User", "Organisation", "Membership")
    )
    for user in user_model.objects.iterator():
        user.public_id = public_id()
        if user.organisation:
            organisation, _made = organisation_model.objects.get_or_create(
                slug=user.organisation,
                defaults={"kind": "body", "name_nl": user.organisation, "name_en": user.organisation},
            )
            membership_model.objects.create(
                user=user, organisation=organisation, role=AT_ORGANISATION.get(user.role, "member")
            )
        if user.role == "editor":
            user.role = "member"
        user.save(update_fields=["public_id", "role"])


class Migration(migrations.Migration):
    dependencies = [("people", "0002_organisations")]
    operations = [migrations.RunPython(move, migrations.RunPython.noop, elidable=True)]
