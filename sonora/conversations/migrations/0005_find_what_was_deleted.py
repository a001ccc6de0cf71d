from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0004_index_words_faster")]

    operations = [
        migrations.AddIndex(
            "conversation",
            models.Index(
                condition=models.Q(("deleted_at__isnull", False)),
                fields=["connection", "deleted_at"],
                name="conversation_by_deletion",
            ),
        ),
    ]
