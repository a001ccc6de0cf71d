from django.db import migrations, models

from sonora.core.triggers import KeepTriggers


class Migration(migrations.Migration):
    dependencies = [("integrations", "0002_keep_workspaces_apart")]
    operations = [
        KeepTriggers(
            migrations.AddField("syncstate", "companies_place", models.TextField(blank=True)),
            migrations.AddField("syncstate", "companies_place_at", models.BigIntegerField(null=True)),
            migrations.AddField("syncstate", "companies_walk_of", models.BigIntegerField(null=True)),
        )
    ]
