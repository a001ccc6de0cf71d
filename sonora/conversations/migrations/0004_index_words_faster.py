"""On PostgreSQL the same words by a cheaper expression; each message is written anew, which may take minutes."""

from django.db import migrations

from sonora.core import fulltext


class Migration(migrations.Migration):
    dependencies = [("conversations", "0003_conversation_by_creation")]

    operations = [
        migrations.RunPython(fulltext.reindex("conversations_message", "text"), migrations.RunPython.noop),
        migrations.RunPython(fulltext.reindex("conversations_conversation", "title"), migrations.RunPython.noop),
    ]
