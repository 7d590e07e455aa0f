# SPDX-FileCopyrightText: 2026 The Knooppunt contributors
# SPDX-License-Identifier: EUPL-1.2
from django.db import migrations, models
from django.db.models import Count


def count(apps, schema_editor):
    """Begin with what is there."""
    card, tally = apps.get_model("catalogue", "Card"), apps.get_model("catalogue", "Tally")
    numbers = [
        ("kind", code, number) for code, number in card.objects.values_list("kind").annotate(Count("pk"))
    ]
    challenges = apps.get_model("catalogue", "FacetValue").objects.filter(facet="challenge")
    numbers += [
        ("challenge", code, number)
        for code, number in challenges.values_list("code").annotate(Count("cards"))
    ]
    tally.objects.bulk_create(
        tally(facet=facet, code=code, number=number) for facet, code, number in numbers if number
    )


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0003_dismissal")]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("facet", models.SlugField(max_length=40)),
                ("code", models.CharField(max_length=100)),
                ("number", models.IntegerField()),
            ],
        ),
        migrations.AddIndex(
            model_name="card",
            index=models.Index(
                condition=models.Q(("latitude__isnull", False)), fields=["place", "id"], name="card_on_map"
            ),
        ),
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(fields=["facet", "code"], name="catalogue_t_facet_d97074_idx"),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
