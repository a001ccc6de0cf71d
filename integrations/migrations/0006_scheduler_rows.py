import time
from typing import Any

from django.db import migrations, models
from django.db.models import Q


def add_the_one(apps: Any, _: Any) -> None:
    """From now on it counts as ticking, so that a beat that is never started is noticed like one that stops."""
    apps.get_model("integrations", "Beat").objects.get_or_create(pk=1, defaults={"ticked_at": int(time.time())})


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
        migrations.RunPython(add_the_one, migrations.RunPython.noop),
    ]
