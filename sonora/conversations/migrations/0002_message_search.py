from django.db import migrations

from sonora.core.fulltext import IndexWords


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_initial")]

    operations = [
        IndexWords("conversations_message", "text"),
        IndexWords("conversations_conversation", "title"),
    ]
