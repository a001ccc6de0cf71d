"""When a conversation was opened is kept on its sentiment, by the database."""

from django.db import migrations, models

from sonora.core.migrating import TakeTime
from sonora.core.triggers import KeepTriggers
from sonora.insights.opened import COPIED


class Migration(migrations.Migration):
    dependencies = [("insights", "0012_who_asked"), ("conversations", "0012_conversation_gone")]

    operations = [
        TakeTime(),
        KeepTriggers(
            migrations.AddField("conversationsentiment", "created_at", models.BigIntegerField(null=True)),
            migrations.AddField("conversationsentiment", "connection_id", models.BigIntegerField(null=True)),
        ),
        COPIED,
        migrations.AddIndex(
            "conversationsentiment",
            models.Index(fields=["workspace", "created_at", "label", "connection_id"], name="sentiment_by_creation"),
        ),
    ]
