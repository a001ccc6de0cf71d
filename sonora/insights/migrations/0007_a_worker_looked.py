from django.db import migrations, models

from sonora.core.triggers import KeepTriggers


class Migration(migrations.Migration):
    dependencies = [("insights", "0006_sent_texts")]

    operations = [
        KeepTriggers(migrations.AddField(model_name="turn", name="looked_at", field=models.BigIntegerField(default=0))),
    ]
