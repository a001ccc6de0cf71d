from django.db import migrations, models

from sonora.core.triggers import KeepTriggers


class Migration(migrations.Migration):
    dependencies = [("integrations", "0015_connection_name")]
    operations = [
        KeepTriggers(
            migrations.AddField("syncstate", "gaps", models.JSONField(default=list)),
            migrations.AddField("syncstate", "spans", models.JSONField(default=dict)),
        )
    ]
