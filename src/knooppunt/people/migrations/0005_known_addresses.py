# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
"""Accounts from before addresses were confirmed keep working: an administrator made them."""

from django.db import migrations


def confirm(apps, schema_editor):
    address_model = apps.get_model("account", "EmailAddress")
    for user in apps.get_model("people", "User").objects.exclude(email="").iterator():
        address_model.objects.get_or_create(
            user_id=user.pk, email=user.email, defaults={"verified": True, "primary": True}
        )


class Migration(migrations.Migration):
    dependencies = [("people", "0004_roles_only"), ("account", "0009_emailaddress_unique_primary_email")]
    operations = [migrations.RunPython(confirm, migrations.RunPython.noop, elidable=True)]
