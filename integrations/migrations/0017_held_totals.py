from django.db import migrations, models

from integrations.held_totals import TOTALS
from sonora.core.running_totals import KeepTotals


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0005_find_what_was_deleted"),
        ("customers", "0008_find_what_came_and_went"),
        ("integrations", "0016_what_no_search_told"),
        ("people", "0006_find_what_came_and_went"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeldTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("settled", models.BooleanField(default=False)),
                ("connection_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("number", models.BigIntegerField(default=0)),
                ("held", models.BigIntegerField(default=0)),
                ("named_only", models.BigIntegerField(default=0)),
                ("parts", models.BigIntegerField(default=0)),
                ("parts_lacking", models.BigIntegerField(default=0)),
                ("short", models.BigIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["connection_id", "settled"], name="held_total_by_connection")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled", True)),
                        fields=("connection_id", "kind"),
                        name="one_settled_held_total",
                    )
                ],
            },
        ),
        KeepTotals(*TOTALS),
    ]
