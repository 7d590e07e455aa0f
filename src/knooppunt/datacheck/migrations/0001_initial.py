# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import knooppunt.datacheck.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Monthly",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("address", models.CharField(max_length=2000)),
                (
                    "profile",
                    models.CharField(
                        choices=[("nl", "DCAT-AP-NL 3 (Netherlands)"), ("eu", "DCAT-AP 3 (European Union)")],
                        max_length=2,
                    ),
                ),
                ("language", models.CharField(max_length=2)),
                ("badge", models.CharField(max_length=64)),
                ("confirm", models.CharField(max_length=64, unique=True)),
                ("stop", models.CharField(max_length=64, unique=True)),
                ("asked", models.DateTimeField(default=django.utils.timezone.now)),
                ("confirmed", models.DateTimeField(blank=True, null=True)),
                ("due", models.DateTimeField(blank=True, db_index=True, null=True)),
                ("last_mean", models.FloatField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("maker", models.CharField(max_length=64, unique=True)),
                ("share", models.CharField(max_length=64, unique=True)),
                ("badge", models.CharField(db_index=True, max_length=64)),
                ("address", models.CharField(blank=True, max_length=2000)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                (
                    "profile",
                    models.CharField(
                        choices=[("nl", "DCAT-AP-NL 3 (Netherlands)"), ("eu", "DCAT-AP 3 (European Union)")],
                        default="nl",
                        max_length=2,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        db_index=True,
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("visitor", models.CharField(blank=True, max_length=64)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("progress", models.JSONField(default=dict)),
                ("cause", models.CharField(blank=True, max_length=500)),
                ("result", models.JSONField(default=dict)),
                ("created", models.DateTimeField(default=django.utils.timezone.now)),
                ("started", models.DateTimeField(blank=True, null=True)),
                ("finished", models.DateTimeField(blank=True, null=True)),
                ("expires", models.DateTimeField(db_index=True, default=knooppunt.datacheck.models.expiry)),
                ("told", models.BooleanField(default=False)),
                (
                    "monthly",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="runs",
                        to="datacheck.monthly",
                    ),
                ),
            ],
        ),
    ]
