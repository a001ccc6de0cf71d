"""On PostgreSQL the same words by a cheaper expression."""

from django.db import migrations

from sonora.core.fulltext import IndexWordsAgain


class Migration(migrations.Migration):
    dependencies = [("people", "0002_contact_search")]

    operations = [
        IndexWordsAgain("people_contact", "name", "email"),
    ]
