import django.db.models.deletion
from django.db import migrations, models

from sonora.core.triggers import SameWorkspace


class Migration(migrations.Migration):
    dependencies = [("canvas", "0001_initial"), ("workspaces", "0002_notices_seen")]

    operations = [
        migrations.CreateModel(
            name="Edit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("deed", models.CharField(max_length=200)),
                ("before", models.JSONField()),
                ("by", models.CharField(max_length=254)),
                ("at", models.BigIntegerField()),
                (
                    "canvas",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="canvas.canvas"
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
                "indexes": [models.Index(fields=["canvas", "-id"], name="edit_by_canvas")],
            },
        ),
        SameWorkspace("canvas_edit", "canvas_id", "canvas_canvas"),
    ]
