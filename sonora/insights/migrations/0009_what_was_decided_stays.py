import django.db.models.deletion
from django.db import migrations, models

from sonora.core.triggers import SameWorkspace

# child table, its column, parent table
PAIRS = [
    ("insights_keptquote", "connection_id", "integrations_connection"),
    ("insights_keptquote", "request_id", "insights_featurerequest"),
    ("insights_keptcorrection", "connection_id", "integrations_connection"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0008_thanks_alone"),
        ("integrations", "0011_what_is_analysed"),
        ("workspaces", "0002_notices_seen"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptQuote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("conversation", models.CharField(max_length=80)),
                ("message", models.CharField(max_length=80)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("certain", "Certain"),
                            ("to_check", "To check"),
                            ("accepted", "Accepted"),
                            ("dismissed", "Dismissed"),
                        ],
                        max_length=9,
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=254)),
                ("moved_by", models.CharField(blank=True, max_length=254)),
                (
                    "connection",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="integrations.connection",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="insights.featurerequest",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("connection", "conversation", "message"), name="kept_quote_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptCorrection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("conversation", models.CharField(max_length=80)),
                (
                    "label",
                    models.CharField(
                        choices=[
                            ("negative", "Negative"),
                            ("neutral", "Neutral"),
                            ("positive", "Positive"),
                            ("mixed", "Mixed"),
                            ("unsure", "Unsure"),
                            ("none", "Not enough text"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
                ("by", models.CharField(max_length=254)),
                ("by_name", models.CharField(max_length=254)),
                ("at", models.BigIntegerField()),
                (
                    "connection",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="integrations.connection",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspaces.workspace",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("connection", "conversation"), name="kept_correction_once")
                ],
            },
        ),
        *(SameWorkspace(*pair) for pair in PAIRS),
    ]
