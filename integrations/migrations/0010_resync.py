from typing import Any

from django.db import migrations, models

from sonora.core.triggers import KeepTriggers

ADDED: dict[str, Any] = {
    "resync_run": models.BigIntegerField(null=True),
    "resync_owed": models.JSONField(default=list),
    "resync_place": models.CharField(blank=True, max_length=64),
}
KINDS = [("initial", "First"), ("scheduled", "Scheduled"), ("manual", "Manual"), ("resync", "Resync")]


class Migration(migrations.Migration):
    dependencies = [("integrations", "0009_what_a_run_reads")]
    operations = [
        KeepTriggers(
            *(migrations.AddField("syncstate", name, field) for name, field in ADDED.items()),
            migrations.AlterField("syncrun", "kind", models.CharField(choices=KINDS, max_length=10)),
        )
    ]
