"""Who takes part, and as what, is kept on the link between a conversation and a contact."""

import django.db.models.deletion
from django.db import migrations, models

from sonora.conversations.taking_part import COPIED
from sonora.core.migrating import TakeTime
from sonora.core.triggers import KeepTriggers

PERSON = models.ForeignKey(
    db_constraint=False,
    db_index=False,
    null=True,
    on_delete=django.db.models.deletion.DO_NOTHING,
    related_name="conversation_links",
    to="people.person",
)


def index(name: str, *fields: str) -> migrations.AddIndex:
    return migrations.AddIndex("conversationcontact", models.Index(fields=list(fields), name=name))


class Migration(migrations.Migration):
    dependencies = [("conversations", "0009_conversation_untagged"), ("people", "0007_contact_by_role")]

    operations = [
        TakeTime(),
        migrations.RemoveIndex("conversationcontact", "people_by_conversation"),
        KeepTriggers(
            migrations.AddField("conversationcontact", "person", PERSON),
            migrations.AddField("conversationcontact", "role", models.CharField(blank=True, default="", max_length=20)),
            migrations.AlterField("conversationcontact", "role", models.CharField(blank=True, max_length=20)),
        ),
        COPIED,
        index("people_by_conversation", "conversation", "workspace", "person", "contact"),
        index("conversations_by_person", "person", "workspace", "conversation"),
        index("conversations_by_role", "workspace", "role", "conversation"),
    ]
