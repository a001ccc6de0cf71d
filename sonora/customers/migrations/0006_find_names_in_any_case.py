"""So that a name in a question is found without reading all of them."""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("customers", "0005_rivals_and_none_of_these")]

    operations = [
        migrations.AddIndex(
            "customer", models.Index(models.F("workspace"), Lower("name"), name="customer_by_lower_name")
        ),
    ]
