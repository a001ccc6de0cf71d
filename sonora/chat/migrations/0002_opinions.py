from django.db import migrations, models

from sonora.core.triggers import KeepTriggers

OPINIONS = [("good", "Helpful"), ("bad", "Not helpful")]


class Migration(migrations.Migration):
    dependencies = [("chat", "0001_initial")]

    operations = [
        KeepTriggers(
            migrations.AddField("turn", "opinion", models.CharField(blank=True, choices=OPINIONS, max_length=4)),
            migrations.AddField("turn", "reason", models.CharField(blank=True, max_length=500)),
        )
    ]
