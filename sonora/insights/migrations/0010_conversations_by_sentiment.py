from django.db import migrations, models

from sonora.core.migrating import TakeTime


class Migration(migrations.Migration):
    dependencies = [("insights", "0009_what_was_decided_stays")]

    operations = [
        TakeTime(),
        migrations.AddIndex(
            "conversationsentiment",
            models.Index(fields=["label", "conversation"], name="conversations_by_sentiment"),
        ),
    ]
