"""Who works for a company is kept on the link of their contact to it."""

import django.db.models.deletion
from django.db import migrations, models

from sonora.core.migrating import TakeTime
from sonora.core.triggers import KeepTriggers
from sonora.people.employed import COPIED

PERSON = models.ForeignKey(
    db_constraint=False,
    db_index=False,
    null=True,
    on_delete=django.db.models.deletion.DO_NOTHING,
    related_name="company_links",
    to="people.person",
)
CONTACT = models.ForeignKey(
    db_index=False,
    on_delete=django.db.models.deletion.CASCADE,
    related_name="company_links",
    to="people.contact",
)
COMPANY = models.ForeignKey(
    db_index=False,
    on_delete=django.db.models.deletion.CASCADE,
    related_name="contact_links",
    to="customers.company",
)


def index(name: str, *fields: str) -> migrations.AddIndex:
    return migrations.AddIndex("contactcompany", models.Index(fields=list(fields), name=name))


class Migration(migrations.Migration):
    dependencies = [("people", "0009_contact_gone"), ("customers", "0009_company_totals")]

    operations = [
        TakeTime(),
        KeepTriggers(
            migrations.AddField("contactcompany", "person", PERSON),
            migrations.AddField("contactcompany", "deleted_at", models.BigIntegerField(null=True)),
        ),
        COPIED,
        index("people_by_company", "company", "workspace", "person", "deleted_at"),
        index("companies_by_person", "person", "workspace", "company", "deleted_at"),
        KeepTriggers(
            migrations.AlterField("contactcompany", "contact", CONTACT),
            migrations.AlterField("contactcompany", "company", COMPANY),
        ),
    ]
