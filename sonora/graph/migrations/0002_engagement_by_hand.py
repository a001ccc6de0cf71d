from django.db import migrations

from sonora.core.row_rules import Follow
from sonora.graph.dues import ENGAGEMENT_RULES, EVERYBODY_NOW


class Migration(migrations.Migration):
    """Everybody is worked out anew too: who was a champion before they fell silent is one still."""

    dependencies = [("graph", "0001_standings"), ("people", "0008_engagement_by_hand")]

    operations = [Follow(ENGAGEMENT_RULES), migrations.RunSQL(EVERYBODY_NOW, migrations.RunSQL.noop)]
