from django.db import migrations, models

from sonora.core.triggers import KeepTriggers


class Migration(migrations.Migration):
    dependencies = [("integrations", "0012_run_lines")]
    operations = [
        KeepTriggers(
            migrations.AddField("deadletter", "seen_updated_at", models.BigIntegerField(null=True)),
        )
    ]
