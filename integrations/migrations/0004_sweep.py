from typing import Any

from django.db import migrations, models

from sonora.core.triggers import KeepTriggers

ADDED: dict[str, Any] = {
    "companies_walk_start": models.BigIntegerField(null=True),
    "sweep": models.CharField(max_length=12, blank=True),
    "sweep_begun_at": models.BigIntegerField(null=True),
    "sweep_target": models.BigIntegerField(null=True),
    "sweep_frontier": models.BigIntegerField(null=True),
    "sweep_cursor": models.TextField(blank=True),
    "sweep_missing": models.JSONField(default=list),
    "swept": models.JSONField(default=dict),
    "suspects": models.JSONField(default=dict),
    "suspects_approved": models.JSONField(default=dict),
    "remarks": models.JSONField(default=list),
    "search_lag": models.IntegerField(default=0),
    "search_lag_at": models.BigIntegerField(null=True),
    "narrowed_to": models.BigIntegerField(null=True),
}


class Migration(migrations.Migration):
    dependencies = [("integrations", "0003_keep_the_place_among_companies")]
    operations = [
        KeepTriggers(
            *(migrations.AddField("syncstate", name, field) for name, field in ADDED.items()),
            migrations.AddField("streamstate", "whole_at", models.BigIntegerField(null=True)),
            migrations.AddField("streamstate", "whole_before", models.BigIntegerField(null=True)),
        )
    ]
