"""Conversations by when they were opened begin in an index of the whole workspace, as those by their last update do."""

from django.db import migrations, models

from sonora.core.migrating import TakeTime


class Migration(migrations.Migration):
    dependencies = [("conversations", "0007_count_who_is_named")]

    operations = [
        TakeTime(),
        migrations.AddIndex(
            "conversation",
            models.Index(
                condition=models.Q(("deleted_at__isnull", True), ("fetched_at__isnull", False)),
                fields=["workspace", "-created_at", "-id", "connection"],
                name="present_by_creation",
            ),
        ),
        migrations.RemoveIndex("conversation", "conversation_by_creation"),
    ]
