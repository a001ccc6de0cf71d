from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0008_engagement_by_hand")]

    operations = [
        migrations.AddIndex(
            "contact",
            models.Index(
                fields=["workspace", "person"],
                condition=models.Q(deleted_at__isnull=False) | models.Q(fetched_at__isnull=True),
                name="contact_gone",
            ),
        ),
    ]
