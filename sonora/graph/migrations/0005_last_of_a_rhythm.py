"""When the last conversation of those was updated who have a rhythm is found at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("graph", "0004_due_since_when")]

    operations = [
        migrations.AddIndex(
            "personstanding",
            models.Index(fields=["workspace", "rhythm", "last_at"], name="standing_by_rhythm_and_last"),
        ),
    ]
