from django.db import migrations, models

from sonora.core.triggers import KeepTriggers


class Migration(migrations.Migration):
    """Filled as people are worked out anew, which the migration before this one asked for."""

    dependencies = [("graph", "0002_engagement_by_hand")]

    operations = [
        KeepTriggers(
            migrations.AddField("personstanding", "messages", models.IntegerField(default=0)),
            migrations.AddField("personstanding", "teammates", models.JSONField(default=list)),
        ),
    ]
