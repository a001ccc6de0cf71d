from django.db import migrations, models

from sonora.core.migrating import TakeTime


class Migration(migrations.Migration):
    dependencies = [("people", "0006_find_what_came_and_went")]

    operations = [
        TakeTime(),
        migrations.AddIndex("contact", models.Index(fields=["workspace", "role", "id"], name="contact_by_role")),
    ]
