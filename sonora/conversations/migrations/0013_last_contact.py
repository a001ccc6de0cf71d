"""When they or we last wrote to the other is kept on a conversation; those that are there are looked at once."""

from typing import Any

from django.db import migrations, models

from sonora.core.migrating import TakeTime
from sonora.core.triggers import KeepTriggers


def keep(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - Django's signature
    schema_editor.execute(
        "UPDATE conversations_conversation SET said_at = (SELECT MAX(one.created_at) FROM conversations_message one "
        "WHERE one.conversation_id = conversations_conversation.id AND NOT one.internal AND NOT one.redacted "
        "AND (one.author_type IN ('user', 'lead', 'contact') OR one.author_type = 'admin' AND NOT one.from_ai) "
        "AND (one.text <> '' OR one.attachments <> '[]'))",
        None,
    )


class Migration(migrations.Migration):
    dependencies = [("conversations", "0012_conversation_gone")]

    operations = [
        TakeTime(),
        KeepTriggers(
            migrations.AddField("conversation", "said_at", models.BigIntegerField(null=True)),
            migrations.RunPython(keep, migrations.RunPython.noop),
        ),
        migrations.AddIndex(
            "conversation",
            models.Index(fields=["customer", "-said_at"], name="conversation_by_last_contact"),
        ),
    ]
