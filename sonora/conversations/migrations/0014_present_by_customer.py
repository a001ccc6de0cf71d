"""The conversations of a customer are counted by an index, which takes the place of the one of the link alone."""

import django.db.models.deletion
from django.db import migrations, models

from sonora.core.migrating import TakeTime
from sonora.core.triggers import KeepTriggers

CUSTOMER = models.ForeignKey(
    db_index=False,
    null=True,
    on_delete=django.db.models.deletion.SET_NULL,
    related_name="conversations",
    to="customers.customer",
)


class Migration(migrations.Migration):
    dependencies = [("conversations", "0013_last_contact"), ("customers", "0009_company_totals")]

    operations = [
        TakeTime(),
        migrations.AddIndex(
            "conversation",
            models.Index(
                fields=["customer", "workspace", "state", "id"],
                condition=models.Q(deleted_at__isnull=True, fetched_at__isnull=False),
                name="present_by_customer",
            ),
        ),
        KeepTriggers(migrations.AlterField("conversation", "customer", CUSTOMER)),
    ]
