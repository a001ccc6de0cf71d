from django.db import migrations, models

from sonora.core.triggers import KeepTriggers


class Migration(migrations.Migration):
    dependencies = [("customers", "0009_company_totals")]

    operations = [
        KeepTriggers(
            migrations.AddField("customer", "health", models.CharField(blank=True, default="", max_length=60))
        ),
        migrations.AddIndex(
            "customer",
            models.Index(fields=["workspace"], condition=models.Q(health__gt=""), name="customer_with_health"),
        ),
    ]
