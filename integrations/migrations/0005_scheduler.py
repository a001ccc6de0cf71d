from django.db import migrations, models

from sonora.core.triggers import KeepTriggers


class Migration(migrations.Migration):
    dependencies = [("integrations", "0004_sweep")]
    operations = [
        KeepTriggers(migrations.AddField("syncstate", "slice_class", models.SmallIntegerField(default=0))),
        migrations.CreateModel(
            name="Beat",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("ticked_at", models.BigIntegerField(null=True)),
                ("vtime", models.FloatField(default=0)),
                ("spread_until", models.BigIntegerField(default=0)),
            ],
        ),
    ]
