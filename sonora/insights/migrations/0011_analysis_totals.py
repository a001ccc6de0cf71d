from django.db import migrations, models

from sonora.core.running_totals import KeepTotals
from sonora.insights.analysed import TOTAL


class Migration(migrations.Migration):
    dependencies = [("insights", "0010_conversations_by_sentiment")]

    operations = [
        migrations.CreateModel(
            name="AnalysisTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("settled", models.BooleanField(default=False)),
                ("connection_id", models.BigIntegerField()),
                ("sentiment_by", models.CharField(blank=True, max_length=120)),
                ("requests_by", models.CharField(blank=True, max_length=120)),
                ("conversations", models.BigIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["connection_id", "settled"], name="analysis_total_by_connection")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled", True)),
                        fields=("connection_id", "sentiment_by", "requests_by"),
                        name="one_settled_analysis_total",
                    )
                ],
            },
        ),
        KeepTotals(TOTAL),
    ]
