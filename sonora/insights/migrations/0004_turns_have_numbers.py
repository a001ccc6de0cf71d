from django.db import migrations, models

from sonora.core.triggers import KeepTriggers

NOT_READ = [
    ("no_words", "No words of their own"),
    ("automatic", "Sent by a machine"),
    ("teammate", "Written by a teammate"),
]


class Migration(migrations.Migration):
    dependencies = [("insights", "0003_feature_requests")]
    operations = [
        KeepTriggers(
            migrations.RenameField("turn", "served_at", "number"),
            migrations.AddField("turn", "tries", models.IntegerField(default=0)),
            migrations.AddField("turn", "reader", models.CharField(blank=True, max_length=120)),
            migrations.AlterField(
                "messagereading", "not_read", models.CharField(blank=True, choices=NOT_READ, max_length=12)
            ),
        )
    ]
