"""Whether a conversation has no tag is kept on it; those that are there are looked at once."""

from typing import Any

from django.db import migrations, models

from sonora.core.migrating import TakeTime
from sonora.core.triggers import KeepTriggers


def keep(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - Django's signature
    schema_editor.execute(
        "UPDATE conversations_conversation SET untagged = TRUE WHERE NOT EXISTS "
        "(SELECT 1 FROM conversations_conversationtag link WHERE link.conversation_id = conversations_conversation.id)",
        None,
    )


class Migration(migrations.Migration):
    dependencies = [("conversations", "0008_present_by_creation")]

    operations = [
        TakeTime(),
        KeepTriggers(
            migrations.AddField("conversation", "untagged", models.BooleanField(default=False)),
            migrations.RunPython(keep, migrations.RunPython.noop),
            migrations.AlterField("conversation", "untagged", models.BooleanField(default=True)),
        ),
        migrations.AddIndex(
            "conversation",
            models.Index(
                condition=models.Q(("untagged", True)),
                fields=["workspace", "-updated_at", "-id"],
                name="conversation_untagged",
            ),
        ),
    ]
