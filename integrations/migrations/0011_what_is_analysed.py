from django.db import migrations, models

from sonora.core.triggers import KeepTriggers


class Migration(migrations.Migration):
    dependencies = [("integrations", "0010_resync")]
    operations = [
        KeepTriggers(
            migrations.AddField("connection", "analyse_sentiment", models.BooleanField(default=True)),
            migrations.AddField("connection", "analyse_requests", models.BooleanField(default=True)),
        )
    ]
