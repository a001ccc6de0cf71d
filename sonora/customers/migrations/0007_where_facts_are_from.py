from django.db import migrations, models

from sonora.core.triggers import KeepTriggers


class Migration(migrations.Migration):
    dependencies = [("customers", "0006_find_names_in_any_case")]

    operations = [KeepTriggers(migrations.AddField("customer", "sources", models.JSONField(default=dict)))]
