from django.db import migrations, models

from sonora.core import clock
from sonora.core.triggers import KeepTriggers


class Migration(migrations.Migration):
    dependencies = [("graph", "0003_what_maps_show")]

    operations = [
        KeepTriggers(migrations.AddField("due", "at", models.BigIntegerField(db_default=clock.Moment()))),
    ]
