# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models

import knooppunt.people.models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_memberships")]
    operations = [
        migrations.RemoveField(model_name="user", name="organisation"),
        migrations.AlterField(
            model_name="user",
            name="public_id",
            field=models.SlugField(
                default=knooppunt.people.models.public_id, editable=False, max_length=12, unique=True
            ),
        ),
    ]
