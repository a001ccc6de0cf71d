from django.db import migrations

from sonora.core import fulltext


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunPython(fulltext.index("people_contact", "name", "email"), fulltext.drop("people_contact")),
    ]
