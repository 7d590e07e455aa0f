# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("toolkit", "0004_steps_too"),
    ]

    operations = [
        migrations.AddField(
            model_name="instrument",
            name="offered",
            field=models.BooleanField(default=True),
        ),
    ]
