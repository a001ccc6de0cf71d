from django.db import migrations

from sonora.core.fulltext import IndexWords


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        IndexWords("people_contact", "name", "email"),
    ]
