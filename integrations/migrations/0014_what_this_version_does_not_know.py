from django.db import migrations, models

from sonora.core.triggers import KeepTriggers


class Migration(migrations.Migration):
    dependencies = [("integrations", "0013_keep_the_change_of_what_nothing_came_of")]
    operations = [KeepTriggers(migrations.AddField("streamstate", "unknown", models.JSONField(default=dict)))]
