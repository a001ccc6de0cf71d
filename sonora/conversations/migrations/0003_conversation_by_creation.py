from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0002_message_search"), ("integrations", "0001_initial")]
    operations = [
        migrations.AddIndex(
            "conversation",
            models.Index(fields=["connection", "created_at"], name="conversation_by_creation"),
        ),
    ]
