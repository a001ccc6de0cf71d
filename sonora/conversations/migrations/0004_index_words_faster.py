"""On PostgreSQL the same words by a cheaper expression; each message is written anew, which may take minutes."""

from django.db import migrations

from sonora.core.fulltext import IndexWordsAgain


class Migration(migrations.Migration):
    dependencies = [("conversations", "0003_conversation_by_creation")]

    operations = [
        IndexWordsAgain("conversations_message", "text"),
        IndexWordsAgain("conversations_conversation", "title"),
    ]
