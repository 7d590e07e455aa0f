# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("toolkit", "0003_files_and_colleagues"),
    ]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="kind",
            field=models.CharField(
                choices=[("faq", "Question and answer"), ("term", "Definition"), ("step", "Step")],
                max_length=4,
            ),
        ),
    ]
