"""On PostgreSQL the same words by a cheaper expression."""

from django.db import migrations

from sonora.core import fulltext


class Migration(migrations.Migration):
    dependencies = [("people", "0002_contact_search")]

    operations = [
        migrations.RunPython(fulltext.reindex("people_contact", "name", "email"), migrations.RunPython.noop),
    ]
