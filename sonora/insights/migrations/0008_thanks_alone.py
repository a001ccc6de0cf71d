from django.db import migrations, models

from sonora.core.triggers import KeepTriggers


class Migration(migrations.Migration):
    dependencies = [("insights", "0007_a_worker_looked")]

    operations = [
        KeepTriggers(migrations.AddField("messagereading", "courtesy", models.BooleanField(default=False))),
    ]
