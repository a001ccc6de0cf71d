"""What links lead to, and the customers of a tier, is counted over time and by state without reading conversations."""

from django.db import migrations, models

from sonora.core.migrating import TakeTime

PRESENT = models.Q(deleted_at__isnull=True, fetched_at__isnull=False)


def index(name: str, *fields: str) -> migrations.AddIndex:
    return migrations.AddIndex("conversation", models.Index(fields=list(fields), condition=PRESENT, name=name))


class Migration(migrations.Migration):
    dependencies = [("conversations", "0014_present_by_customer")]

    operations = [
        TakeTime(),
        migrations.RemoveIndex("conversation", "present_by_customer"),
        index("present_by_customer", "customer", "workspace", "state", "id", "created_at", "connection"),
        index("present_by_key", "workspace", "id", "created_at", "connection", "state", "assignee"),
    ]
