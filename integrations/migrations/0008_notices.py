import django.db.models.deletion
from django.db import migrations, models

from sonora.core.triggers import SameWorkspace


class Migration(migrations.Migration):
    dependencies = [
        ("integrations", "0007_look_at_inserted_rows_at_once"),
        ("workspaces", "0002_notices_seen"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=100)),
                ("word", models.CharField(max_length=40)),
                ("text", models.CharField(max_length=500)),
                ("at", models.BigIntegerField()),
                ("ended_at", models.BigIntegerField(null=True)),
                ("mailed_at", models.BigIntegerField(null=True)),
                ("tries", models.SmallIntegerField(default=0)),
                (
                    "connection",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notices",
                        to="integrations.connection",
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
                "indexes": [
                    models.Index(fields=["workspace", "-at", "-id"], name="notice_by_time"),
                    models.Index(condition=models.Q(("mailed_at__isnull", True)), fields=["at"], name="notice_to_mail"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("connection",),
                        name="one_open_notice_per_connection",
                    )
                ],
            },
        ),
        SameWorkspace("integrations_notice", "connection_id", "integrations_connection"),
    ]
