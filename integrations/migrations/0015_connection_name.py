from django.db import migrations, models

from sonora.core.triggers import KeepTriggers


class Migration(migrations.Migration):
    dependencies = [("integrations", "0014_what_this_version_does_not_know")]
    operations = [
        KeepTriggers(
            migrations.AddField("connection", "name", models.CharField(blank=True, default="", max_length=100))
        )
    ]
