"""So that a name in a question is found without reading all of them."""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [("people", "0003_index_words_faster")]

    operations = [
        migrations.AddIndex("person", models.Index(models.F("workspace"), Lower("name"), name="person_by_lower_name")),
    ]
