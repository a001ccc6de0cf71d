import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0008_find_what_came_and_went")]

    operations = [
        migrations.CreateModel(
            name="CompanyTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("settled", models.BooleanField(default=False)),
                ("connection_id", models.BigIntegerField()),
                ("conversations", models.BigIntegerField(default=0)),
                (
                    "company",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="totals",
                        to="customers.company",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["connection_id", "settled"], name="company_total_by_connection")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled", True)),
                        fields=("connection_id", "company"),
                        name="one_settled_company_total",
                    )
                ],
            },
        ),
    ]
