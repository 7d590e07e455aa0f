# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Alert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sent", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="AuditLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("action", models.CharField(max_length=60)),
                ("kind", models.SlugField(max_length=40)),
                ("key", models.CharField(max_length=200)),
                ("detail", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(blank=True, help_text="'' means both languages", max_length=2)),
                ("title_nl", models.CharField(blank=True, max_length=300)),
                ("title_en", models.CharField(blank=True, max_length=300)),
                ("summary_nl", models.TextField(blank=True)),
                ("summary_en", models.TextField(blank=True)),
                ("text_nl", models.TextField(blank=True)),
                ("text_en", models.TextField(blank=True)),
                ("kind", models.SlugField(max_length=40)),
                ("key", models.CharField(max_length=200)),
                ("url", models.CharField(help_text="path without language prefix", max_length=400)),
                ("starts", models.DateField(blank=True, null=True)),
                ("ends", models.DateField(blank=True, null=True)),
                ("latitude", models.FloatField(blank=True, null=True)),
                ("longitude", models.FloatField(blank=True, null=True)),
                ("place", models.CharField(blank=True, max_length=100)),
                ("published", models.DateTimeField()),
                ("updated", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="FacetValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("facet", models.SlugField(max_length=40)),
                ("code", models.CharField(max_length=100)),
                ("label_nl", models.CharField(max_length=200)),
                ("label_en", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.SlugField(blank=True, max_length=40)),
                ("key", models.CharField(blank=True, max_length=200)),
                (
                    "search",
                    models.CharField(
                        blank=True, help_text="query string of the search page", max_length=1000
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("mail", "e-mail"), ("webhook", "webhook")], default="mail", max_length=10
                    ),
                ),
                ("webhook_url", models.URLField(blank=True, max_length=500)),
                (
                    "secret",
                    models.CharField(
                        blank=True, help_text="signs webhook bodies (HMAC-SHA-256)", max_length=64
                    ),
                ),
                ("language", models.CharField(default="nl", max_length=2)),
                ("since", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="LogPosition",
            fields=[
                ("reader", models.SlugField(primary_key=True, serialize=False)),
                ("transaction", models.BigIntegerField(default=0)),
                ("line", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="OutboxLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("transaction", models.BigIntegerField(default=0)),
                ("kind", models.SlugField(max_length=40)),
                ("key", models.CharField(max_length=200)),
                (
                    "change",
                    models.CharField(
                        choices=[
                            ("published", "published"),
                            ("updated", "updated"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source_kind", models.SlugField(max_length=40)),
                ("source_key", models.CharField(max_length=200)),
                ("target_kind", models.SlugField(max_length=40)),
                ("target_key", models.CharField(max_length=200)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("solves", "solves"),
                            ("uses", "uses"),
                            ("answers", "answers"),
                            ("follows-up", "follows up"),
                            ("same-problem", "same problem as"),
                            ("part-of", "part of"),
                            ("related", "related to"),
                        ],
                        max_length=20,
                    ),
                ),
                ("derived", models.BooleanField()),
                ("note", models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="ScheduledMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.SlugField(max_length=40)),
                ("key", models.CharField(max_length=200)),
                (
                    "move",
                    models.CharField(
                        choices=[("publish", "publish"), ("withdraw", "withdraw")], max_length=10
                    ),
                ),
                ("due", models.DateTimeField()),
                (
                    "failure",
                    models.TextField(blank=True, help_text="why it could not be made; empty while waiting"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.SlugField(max_length=40)),
                ("key", models.CharField(max_length=200)),
                ("url", models.CharField(max_length=400)),
                ("title_nl", models.CharField(blank=True, max_length=300)),
                ("title_en", models.CharField(blank=True, max_length=300)),
                ("reason_nl", models.TextField(blank=True)),
                ("reason_en", models.TextField(blank=True)),
                ("withdrawn", models.DateTimeField()),
            ],
        ),
    ]
