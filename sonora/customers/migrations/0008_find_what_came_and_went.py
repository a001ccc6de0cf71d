from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0007_where_facts_are_from")]

    operations = [
        migrations.AddIndex("company", models.Index(fields=["connection", "created_at"], name="company_by_creation")),
        migrations.AddIndex(
            "company",
            models.Index(
                condition=models.Q(("deleted_at__isnull", False)),
                fields=["connection", "deleted_at"],
                name="company_by_deletion",
            ),
        ),
    ]
