from django.db import migrations, models

from sonora.core.triggers import KeepTriggers


class Migration(migrations.Migration):
    dependencies = [("chat", "0002_opinions")]

    operations = [
        KeepTriggers(migrations.AddField("turn", "read_by", models.CharField(blank=True, max_length=100))),
    ]
