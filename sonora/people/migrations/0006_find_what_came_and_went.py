from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_identities")]

    operations = [
        migrations.AddIndex("contact", models.Index(fields=["connection", "created_at"], name="contact_by_creation")),
        migrations.AddIndex(
            "contact",
            models.Index(
                condition=models.Q(("deleted_at__isnull", False)),
                fields=["connection", "deleted_at"],
                name="contact_by_deletion",
            ),
        ),
    ]
