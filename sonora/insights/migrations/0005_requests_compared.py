from django.db import migrations, models

from sonora.core.triggers import KeepTriggers


class Migration(migrations.Migration):
    dependencies = [("insights", "0004_turns_have_numbers")]

    operations = [
        KeepTriggers(
            migrations.AddField(
                model_name="grouping",
                name="compared",
                field=models.BigIntegerField(default=0),
            )
        )
    ]
