from django.db import migrations, models

from sonora.core.migrating import TakeTime


class Migration(migrations.Migration):
    dependencies = [("conversations", "0011_messages_by_contact")]

    operations = [
        TakeTime(),
        migrations.AddIndex(
            "conversation",
            models.Index(
                fields=["workspace", "created_at"],
                condition=models.Q(deleted_at__isnull=False) | models.Q(fetched_at__isnull=True),
                name="conversation_gone",
            ),
        ),
    ]
