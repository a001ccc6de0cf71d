from django.db import migrations

from sonora.core import fulltext


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_initial")]

    operations = [
        migrations.RunPython(fulltext.index("conversations_message", "text"), fulltext.drop("conversations_message")),
        migrations.RunPython(
            fulltext.index("conversations_conversation", "title"), fulltext.drop("conversations_conversation")
        ),
    ]
