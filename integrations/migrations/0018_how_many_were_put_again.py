from django.db import migrations, models

from sonora.core.triggers import KeepTriggers

# What a resync that is under way has put on its list so far.
PUT = """
UPDATE integrations_syncstate SET resync_put = (
    SELECT count(*) FROM conversations_conversation talk
    WHERE talk.connection_id = integrations_syncstate.connection_id
    AND talk.external_id <= integrations_syncstate.resync_place
    AND talk.fetched_at IS NOT NULL AND talk.deleted_at IS NULL
) WHERE resync_place <> ''
"""


class Migration(migrations.Migration):
    dependencies = [("integrations", "0017_held_totals")]

    operations = [
        KeepTriggers(migrations.AddField("syncstate", "resync_put", models.IntegerField(default=0))),
        migrations.RunSQL(PUT, migrations.RunSQL.noop),
    ]
