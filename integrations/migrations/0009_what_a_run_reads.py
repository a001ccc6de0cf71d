from django.db import migrations, models

from sonora.core.triggers import KeepTriggers


class Migration(migrations.Migration):
    dependencies = [("integrations", "0008_notices")]
    operations = [
        KeepTriggers(
            migrations.AddField("syncrun", "since", models.BigIntegerField(null=True)),
            migrations.AddField("syncrun", "waited", models.IntegerField(default=0)),
        )
    ]
