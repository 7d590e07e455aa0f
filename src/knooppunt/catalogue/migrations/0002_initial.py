# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalogue", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="auditline",
            name="actor",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="facetvalue",
            constraint=models.UniqueConstraint(fields=("facet", "code"), name="facet_value_once"),
        ),
        migrations.AddField(
            model_name="card",
            name="facets",
            field=models.ManyToManyField(blank=True, related_name="cards", to="catalogue.facetvalue"),
        ),
        migrations.AddField(
            model_name="follow",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="follows",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="follow",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="alerts", to="catalogue.follow"
            ),
        ),
        migrations.AddIndex(
            model_name="outboxline",
            index=models.Index(fields=["transaction", "id"], name="catalogue_o_transac_c0dcc0_idx"),
        ),
        migrations.AddIndex(
            model_name="outboxline",
            index=models.Index(fields=["at"], name="catalogue_o_at_3814cc_idx"),
        ),
        migrations.AddField(
            model_name="alert",
            name="line",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="catalogue.outboxline"),
        ),
        migrations.AddField(
            model_name="relation",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="scheduledmove",
            name="actor",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="tombstone",
            index=models.Index(fields=["url"], name="catalogue_t_url_f54ada_idx"),
        ),
        migrations.AddConstraint(
            model_name="tombstone",
            constraint=models.UniqueConstraint(fields=("kind", "key"), name="tombstone_once"),
        ),
        migrations.AddIndex(
            model_name="auditline",
            index=models.Index(fields=["kind", "key"], name="catalogue_a_kind_99342d_idx"),
        ),
        migrations.AddIndex(
            model_name="auditline",
            index=models.Index(fields=["at"], name="catalogue_a_at_1f2cb5_idx"),
        ),
        migrations.AddIndex(
            model_name="card",
            index=models.Index(fields=["kind", "-updated"], name="catalogue_c_kind_19a6b1_idx"),
        ),
        migrations.AddIndex(
            model_name="card",
            index=models.Index(fields=["-updated"], name="catalogue_c_updated_c4dc53_idx"),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.UniqueConstraint(fields=("kind", "key"), name="card_once"),
        ),
        migrations.AddIndex(
            model_name="follow",
            index=models.Index(fields=["kind", "key"], name="catalogue_f_kind_a9c3d3_idx"),
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("key", ""), ("kind", "")), ("search", ""), _connector="XOR"),
                name="follow_card_or_search",
            ),
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.UniqueConstraint(
                fields=("user", "kind", "key", "search", "channel"), name="follow_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(fields=("follow", "line"), name="alert_once"),
        ),
        migrations.AddIndex(
            model_name="relation",
            index=models.Index(fields=["target_kind", "target_key"], name="catalogue_r_target__a44a7f_idx"),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.UniqueConstraint(
                fields=("source_kind", "source_key", "target_kind", "target_key", "type", "derived"),
                name="relation_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="relation",
            constraint=models.CheckConstraint(
                condition=models.Q(("derived", False), ("author", None), _connector="OR"),
                name="derived_relation_has_no_author",
            ),
        ),
        migrations.AddIndex(
            model_name="scheduledmove",
            index=models.Index(fields=["due"], name="catalogue_s_due_ca7692_idx"),
        ),
        migrations.AddConstraint(
            model_name="scheduledmove",
            constraint=models.UniqueConstraint(fields=("kind", "key", "move"), name="scheduled_move_once"),
        ),
    ]
