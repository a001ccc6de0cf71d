import django.db.models.deletion
from django.db import migrations, models

from sonora.core.triggers import SameWorkspace

LEVELS = [("info", "Info"), ("warning", "Warning"), ("error", "Error")]


class Migration(migrations.Migration):
    dependencies = [
        ("integrations", "0011_what_is_analysed"),
        ("workspaces", "0002_notices_seen"),
    ]

    operations = [
        migrations.CreateModel(
            name="RunLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.BigIntegerField()),
                ("level", models.CharField(choices=LEVELS, max_length=7)),
                ("text", models.CharField(max_length=400)),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="integrations.syncrun",
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
            options={"indexes": [models.Index(fields=["run", "id"], name="run_line_in_order")]},
        ),
        SameWorkspace("integrations_runline", "run_id", "integrations_syncrun"),
    ]
