import django.db.models.deletion
from django.db import migrations, models

from sonora.core.triggers import SameWorkspace


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0003_decisions"),
        ("workspaces", "0002_notices_seen"),
    ]

    operations = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gone", models.JSONField()),
                ("external_ids", models.JSONField(default=list)),
                ("matches", models.JSONField(default=dict)),
                ("rejections", models.JSONField(default=list)),
                ("merges", models.JSONField(default=list)),
                ("filled", models.JSONField(default=dict)),
                ("by", models.CharField(max_length=254)),
                ("at", models.BigIntegerField()),
                ("undone_by", models.CharField(blank=True, max_length=254)),
                ("undone_at", models.BigIntegerField(null=True)),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="merges", to="customers.customer"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["kept", "-at"], name="merge_by_kept")],
            },
        ),
        SameWorkspace("customers_merge", "kept_id", "customers_customer"),
    ]
