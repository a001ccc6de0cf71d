"""Who wrote the message that words stand in is kept with the words."""

import django.db.models.deletion
from django.db import migrations, models

from sonora.core.migrating import TakeTime
from sonora.core.triggers import KeepTriggers
from sonora.insights.authors import COPIED

CONTACT = models.ForeignKey(
    db_constraint=False,
    null=True,
    on_delete=django.db.models.deletion.DO_NOTHING,
    related_name="evidence",
    to="people.contact",
)


class Migration(migrations.Migration):
    dependencies = [("insights", "0011_analysis_totals"), ("conversations", "0010_who_takes_part")]

    operations = [TakeTime(), KeepTriggers(migrations.AddField("evidence", "contact", CONTACT)), COPIED]
