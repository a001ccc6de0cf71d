from django.db import migrations, models

from sonora.core.triggers import KeepTriggers


class Migration(migrations.Migration):
    dependencies = [("workspaces", "0001_initial")]
    operations = [KeepTriggers(migrations.AddField("membership", "notices_seen_at", models.BigIntegerField(default=0)))]
