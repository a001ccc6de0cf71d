"""Conversations that are held already are to be read as well."""

from django.db import migrations

ANALYSES = """
INSERT INTO insights_analysis
    (conversation_id, workspace_id, connection_id, changes, changed_at, sentiment_by, requests_by)
SELECT id, workspace_id, connection_id, 0, COALESCE(updated_at, 0), '', ''
FROM conversations_conversation WHERE fetched_at IS NOT NULL AND deleted_at IS NULL
"""
TURNS = """
INSERT INTO insights_turn (connection_id, workspace_id, served_at, held_until)
SELECT id, workspace_id, 0, 0 FROM integrations_connection
"""


class Migration(migrations.Migration):
    dependencies = [("insights", "0001_initial")]
    operations = [
        migrations.RunSQL(ANALYSES, migrations.RunSQL.noop),
        migrations.RunSQL(TURNS, migrations.RunSQL.noop),
    ]
