"""The messages of a contact are found by their time too."""

import django.db.models.deletion
from django.db import migrations, models

from sonora.core.migrating import TakeTime
from sonora.core.triggers import KeepTriggers

CONTACT = models.ForeignKey(
    db_index=False,
    null=True,
    on_delete=django.db.models.deletion.SET_NULL,
    related_name="messages",
    to="people.contact",
)


class Migration(migrations.Migration):
    dependencies = [("conversations", "0010_who_takes_part"), ("people", "0007_contact_by_role")]

    operations = [
        TakeTime(),
        migrations.AddIndex("message", models.Index(fields=["contact", "created_at"], name="messages_by_contact")),
        KeepTriggers(migrations.AlterField("message", "contact", CONTACT)),
    ]
