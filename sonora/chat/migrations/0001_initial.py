from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from sonora.core.triggers import SameWorkspace

# child table, its column, parent table
PAIRS = [
    ("chat_thread", "owner_id", "workspaces_membership"),
    ("chat_turn", "thread_id", "chat_thread"),
]


def _workspace() -> tuple[str, Any]:
    cascade = django.db.models.deletion.CASCADE
    return "workspace", models.ForeignKey(
        db_index=False, on_delete=cascade, related_name="+", to="workspaces.workspace"
    )


class Migration(migrations.Migration):
    dependencies = [("workspaces", "0002_notices_seen")]

    operations = [
        migrations.CreateModel(
            name="Thread",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120)),
                ("is_shared", models.BooleanField(default=False)),
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
                "indexes": [models.Index(fields=["owner", "-updated_at", "-id"], name="thread_by_owner")],
            },
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=2000)),
                ("query", models.JSONField(null=True)),
                ("ignored", models.JSONField(default=list)),
                ("at", models.BigIntegerField()),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="turns", to="chat.thread"
                    ),
                ),
                _workspace(),
            ],
            options={"abstract": False},
        ),
        *(SameWorkspace(*pair) for pair in PAIRS),
    ]
