from django.db import migrations, models

from sonora.core.triggers import KeepTriggers

KINDS = [
    ("accept", "Linked"),
    ("link", "Linked by hand"),
    ("reject", "Not this"),
    ("create", "Customer created"),
    ("ignore", "Ignored"),
    ("reconsider", "Taken up again"),
    ("bulk", "Linked together"),
    ("bulk_none", "Not these"),
]


class Migration(migrations.Migration):
    dependencies = [("customers", "0004_merges")]
    operations = [
        KeepTriggers(
            migrations.AddField("match", "has_rivals", models.BooleanField(default=False)),
            migrations.AlterField("decision", "kind", models.CharField(choices=KINDS, max_length=10)),
        )
    ]
