import django.db.models.deletion
from django.db import migrations, models

from sonora.core.triggers import SameWorkspace


class Migration(migrations.Migration):
    dependencies = [("canvas", "0002_edits"), ("workspaces", "0002_notices_seen")]

    operations = [
        migrations.CreateModel(
            name="LastResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked", models.CharField(max_length=64)),
                ("shown", models.JSONField()),
                ("at", models.BigIntegerField()),
                (
                    "block",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="last", to="canvas.block"
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
        ),
        SameWorkspace("canvas_lastresult", "block_id", "canvas_block"),
    ]
