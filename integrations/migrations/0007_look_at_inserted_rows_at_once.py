"""On PostgreSQL one query looks at all rows that a statement inserts, where one for each row did."""

from importlib import import_module

from django.db import migrations

from sonora.core.triggers import RenewTriggers, SameWorkspace

PAIRS = import_module("integrations.migrations.0002_keep_workspaces_apart").PAIRS


class Migration(migrations.Migration):
    dependencies = [("integrations", "0006_scheduler_rows")]
    operations = [RenewTriggers(*(SameWorkspace(*pair) for pair in PAIRS))]
