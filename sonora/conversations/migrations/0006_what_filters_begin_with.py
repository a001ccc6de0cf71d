"""Indexes that answer a filter from one end to the other without reading the rows, instead of those of one column."""

import django.db.models.deletion
from django.db import migrations, models

from sonora.core.migrating import TakeTime
from sonora.core.triggers import KeepTriggers


def _link(to: str, name: str) -> "models.ForeignKey[models.Model]":
    return models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name=name, to=to)


class Migration(migrations.Migration):
    dependencies = [("conversations", "0005_find_what_was_deleted"), ("people", "0005_identities")]

    operations = [
        TakeTime(),
        migrations.AddIndex(
            "conversation",
            models.Index(
                condition=models.Q(("deleted_at__isnull", True), ("fetched_at__isnull", False)),
                fields=["workspace", "-updated_at", "-id", "connection"],
                name="conversation_present_by_time",
            ),
        ),
        migrations.AddIndex(
            "conversationcontact",
            models.Index(fields=["conversation", "workspace", "contact"], name="people_by_conversation"),
        ),
        migrations.AddIndex(
            "conversationcontact",
            models.Index(fields=["contact", "workspace", "conversation"], name="conversations_by_contact"),
        ),
        migrations.AddIndex(
            "conversationtag",
            models.Index(fields=["tag", "workspace", "conversation"], name="conversations_by_tag"),
        ),
        migrations.RemoveIndex("conversation", "conversation_by_time"),
        KeepTriggers(
            migrations.AlterField("conversationcontact", "contact", _link("people.contact", "conversation_links")),
            migrations.AlterField(
                "conversationcontact", "conversation", _link("conversations.conversation", "contact_links")
            ),
            migrations.AlterField("conversationtag", "tag", _link("conversations.tag", "+")),
        ),
    ]
