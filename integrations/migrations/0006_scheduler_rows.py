from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("integrations", "0005_scheduler")]
    operations = [
        migrations.AddIndex(
            "connection", models.Index(fields=["setup"], condition=Q(setup="deleting"), name="connection_deleting")
        ),
        migrations.AddIndex(
            "syncstate",
            models.Index(fields=["dispatched_at"], condition=Q(dispatched_at__isnull=False), name="sync_state_sent"),
        ),
        migrations.AddIndex(
            "syncstate",
            models.Index(fields=["lease_owner"], condition=~Q(lease_owner=""), name="sync_state_at_work"),
        ),
    ]
