from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from sonora.core.triggers import SameWorkspace

# child table, its column, parent table
PAIRS = [
    ("canvas_canvas", "owner_id", "workspaces_membership"),
    ("canvas_block", "canvas_id", "canvas_canvas"),
]
ACCESS = [("private", "Only you"), ("read", "Everybody can look"), ("edit", "Everybody can change it")]
KINDS = [
    ("metric", "Number"),
    ("list", "List"),
    ("table", "Table"),
    ("bars", "Bars"),
    ("line", "Line"),
    ("text", "Text"),
]


def _id() -> tuple[str, Any]:
    return "id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _workspace() -> tuple[str, Any]:
    cascade = django.db.models.deletion.CASCADE
    return "workspace", models.ForeignKey(
        db_index=False, on_delete=cascade, related_name="+", to="workspaces.workspace"
    )


class Migration(migrations.Migration):
    dependencies = [("workspaces", "0002_notices_seen")]

    operations = [
        migrations.CreateModel(
            name="Canvas",
            fields=[
                _id(),
                ("title", models.CharField(max_length=120)),
                ("access", models.CharField(choices=ACCESS, default="private", max_length=10)),
                ("filters", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_by", models.CharField(blank=True, max_length=254)),
                ("created_at", models.BigIntegerField()),
                ("updated_at", models.BigIntegerField()),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspaces.membership"
                    ),
                ),
                _workspace(),
            ],
            options={
                "indexes": [models.Index(fields=["owner", "-updated_at", "-id"], name="canvas_by_owner")],
            },
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                _id(),
                ("place", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("prompt", models.CharField(blank=True, max_length=2000)),
                ("kind", models.CharField(choices=KINDS, max_length=10)),
                ("query", models.JSONField()),
                ("width", models.PositiveSmallIntegerField(default=5)),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_by", models.CharField(blank=True, max_length=254)),
                ("updated_at", models.BigIntegerField()),
                (
                    "canvas",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="blocks", to="canvas.canvas"
                    ),
                ),
                _workspace(),
            ],
            options={
                "indexes": [models.Index(fields=["canvas", "place", "id"], name="block_by_place")],
            },
        ),
        *(SameWorkspace(*pair) for pair in PAIRS),
    ]
